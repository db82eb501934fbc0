using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>A person who signs in. Events carry this and nothing else of the person.</summary>
[JsonConverter(typeof(ValueConverter<UserId, Guid>))]
public readonly record struct UserId(Guid Value) : IValue<UserId, Guid>
{
    public static UserId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("D");
}
