using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>One sign-in on one device, and every token that descends from it.</summary>
[JsonConverter(typeof(ValueConverter<SessionId, Guid>))]
public readonly record struct SessionId(Guid Value) : IValue<SessionId, Guid>
{
    public static SessionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString("D");
}
