using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>
/// What is traded, as one text: a spot pair is <c>BTC-USDT</c>, all else names its kind behind it, as
/// <c>BTC-USDT:PERPETUAL</c>, so that no two kinds are ever taken for one market.
/// </summary>
[JsonConverter(typeof(ValueConverter<MarketKey, string>))]
public readonly record struct MarketKey(Symbol Market, InstrumentKind Kind = InstrumentKind.Spot) : IValue<MarketKey, string>
{
    public string Value => Kind is InstrumentKind.Spot ? Market.Value : $"{Market.Value}:{Kind.ToString().ToUpperInvariant()}";

    /// <exception cref="ArgumentException">The text names no pair, or a kind that is none.</exception>
    public static MarketKey From(string value) => TryFrom(value, out var key)
        ? key
        : throw new ArgumentException("A market is BASE-QUOTE, and BASE-QUOTE:PERPETUAL or another kind where it is not spot.", nameof(value));

    /// <summary>The same without an exception, for what strangers write.</summary>
    public static bool TryFrom(string? value, out MarketKey key)
    {
        key = default;
        var colon = value?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        var kind = InstrumentKind.Spot;
        if (!Symbol.TryFrom(colon < 0 ? value : value![..colon], out var market)
            || (colon >= 0 && !KindOf(value![(colon + 1)..], out kind)))
            return false;

        key = new(market, kind);
        return true;
    }

    public override string ToString() => Value;

    // Spot is said by saying nothing, so that a market has one spelling.
    private static bool KindOf(string word, out InstrumentKind kind)
    {
        kind = Enum.GetValues<InstrumentKind>().FirstOrDefault(
            each => string.Equals(each.ToString().ToUpperInvariant(), word, StringComparison.Ordinal));
        return kind is not InstrumentKind.Spot;
    }
}
