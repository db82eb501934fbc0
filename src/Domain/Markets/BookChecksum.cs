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
    public static BookChecksum Okx { get; } = new OkxOf();

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

    private sealed class OkxOf : BookChecksum
    {
        public override int Levels => 25;

        public override string TextOf(IReadOnlyList<BookLevel> bids, IReadOnlyList<BookLevel> asks)
        {
            List<string> parts = [];
            for (var level = 0; level < Math.Max(bids.Count, asks.Count); level++)
            {
                Add(parts, bids, level);
                Add(parts, asks, level);
            }
            return string.Join(':', parts);
        }

        private static void Add(List<string> parts, IReadOnlyList<BookLevel> side, int level)
        {
            if (level < side.Count)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{side[level].Price.Value}:{side[level].Quantity.Value}"));
        }
    }
}
