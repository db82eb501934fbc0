using System.Text;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Wire;

/// <summary>Members of REST answers that venues leave empty for "none", and lists of what they hold.</summary>
internal static class WireOptional
{
    extension(JsonElement element)
    {
        public Notional Notional(string name) => Domain.Values.Notional.From(element.Decimal(name));

        /// <summary>Zero where the member is absent, null or empty.</summary>
        public Quantity QuantityOrZero(string name) => Domain.Values.Quantity.From(element.DecimalOrNone(name) ?? 0);

        /// <summary>Null where the member is absent, null, empty or zero.</summary>
        public DateTimeOffset? MillisecondsOrNone(string name) =>
            element.DecimalOrNone(name) is { } value && value != 0
                ? DateTimeOffset.FromUnixTimeMilliseconds(decimal.ToInt64(value))
                : null;

        /// <summary>RFC 3339; null where the member is absent, null or empty.</summary>
        public DateTimeOffset? TimeOrNone(string name) => element.TextOrNone(name) is null ? null : element.Time(name);

        /// <summary>The number by which a trade is told from others of its market.</summary>
        public long TradeId(string name) => WireTokens.TradeId(Encoding.UTF8.GetBytes(element.Text(name)));

        public IReadOnlyList<T> Each<T>(Func<JsonElement, T> read) => [.. element.EnumerateArray().Select(read)];

        public IReadOnlyList<T> Each<T>(string name, Func<JsonElement, T> read) => element.GetProperty(name).Each(read);

        /// <summary>The same from the last to the first: most venues tell the newest first.</summary>
        public IReadOnlyList<T> EachBackwards<T>(Func<JsonElement, T> read) =>
            [.. element.EnumerateArray().Reverse().Select(read)];

        /// <summary>[["price", "quantity", …], …].</summary>
        public IReadOnlyList<BookLevel> Levels(string name) =>
            element.Each(name, level => new BookLevel(level[0].Price(), level[1].Quantity()));
    }

    /// <summary>Places after the point of a step.</summary>
    public static int PlacesOf(decimal step) => step.Scale;
}
