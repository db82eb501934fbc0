using System.Globalization;
using System.Text;

namespace Platform.Domain.Markets;

/// <summary>CRC-32 as in ISO 3309; what computes it is no business of the rules.</summary>
public delegate uint Crc32Of(ReadOnlySpan<byte> text);

/// <summary>The text over the best levels by which a venue lets us check a book; prices and quantities with the digits that the venue sent.</summary>
public abstract class BookChecksum
{
    private BookChecksum() { }

    /// <summary>Ten asks, then ten bids: price and quantity without the point and without leading zeros (Kraken, WebSocket v2).</summary>
    public static BookChecksum Kraken { get; } = new KrakenOf();

    /// <summary>25 bids and asks in turn, all divided by colons; where one side ends the other goes on alone (OKX).</summary>
    public static BookChecksum Okx { get; } = new InTurnOf(
        bid => Level(Plain(bid.Price.Value), Plain(bid.Quantity.Value)),
        ask => Level(Plain(ask.Price.Value), Plain(ask.Quantity.Value)));

    /// <summary>The same with numbers as JavaScript writes them, and quantities below zero for asks (Bitfinex).</summary>
    public static BookChecksum Bitfinex { get; } = new InTurnOf(
        bid => Level(Short(bid.Price.Value), Short(bid.Quantity.Value)),
        ask => Level(Short(ask.Price.Value), Short(-ask.Quantity.Value)));

    /// <summary>How many levels of each side go into it.</summary>
    public abstract int Levels { get; }

    /// <param name="bids">Best first, as the asks.</param>
    public abstract string TextOf(IReadOnlyList<BookLevel> bids, IReadOnlyList<BookLevel> asks);

    private sealed class KrakenOf : BookChecksum
    {
        public override int Levels => 10;

        public override string TextOf(IReadOnlyList<BookLevel> bids, IReadOnlyList<BookLevel> asks)
        {
            StringBuilder text = new();
            foreach (var level in asks.Concat(bids))
                text.Append(Digits(level.Price.Value)).Append(Digits(level.Quantity.Value));
            return text.ToString();
        }

        private static string Digits(decimal value) =>
            value.ToString(CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).TrimStart('0');
    }

    private static string Level(string price, string quantity) => $"{price}:{quantity}";

    private static string Plain(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    // ECMA-262 writes numbers below a millionth with an exponent: 1e-7.
    private static string Short(decimal value)
    {
        if (value == 0 || Math.Abs(value) >= 0.000001m)
            return value.ToString("0.############################", CultureInfo.InvariantCulture);

        var places = 0;
        while (Math.Abs(value) < 1)
        {
            value *= 10;
            places++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.############################}e-{places}");
    }

    private sealed class InTurnOf(Func<BookLevel, string> bidText, Func<BookLevel, string> askText) : BookChecksum
    {
        public override int Levels => 25;

        public override string TextOf(IReadOnlyList<BookLevel> bids, IReadOnlyList<BookLevel> asks)
        {
            List<string> parts = [];
            for (var level = 0; level < Math.Max(bids.Count, asks.Count); level++)
            {
                if (level < bids.Count)
                    parts.Add(bidText(bids[level]));
                if (level < asks.Count)
                    parts.Add(askText(asks[level]));
            }
            return string.Join(':', parts);
        }
    }
}
