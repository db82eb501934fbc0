using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>An exchange as the platform names it: "binance", "paper".</summary>
[JsonConverter(typeof(ValueConverter<VenueId, string>))]
public readonly record struct VenueId(string Value) : IValue<VenueId, string>
{
    public static VenueId From(string value) => new(value);

    public override string ToString() => Value;
}
