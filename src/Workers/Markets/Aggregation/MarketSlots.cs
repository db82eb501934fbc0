using System.IO.Hashing;
using System.Text;
using Platform.Domain.Markets;
using Platform.Domain.Sharding;

namespace Platform.Workers.Markets.Aggregation;

/// <summary>The slot of a market: that of <c>BASE/QUOTE</c>, so that a pair and its derivatives are neighbours.</summary>
public static class MarketSlots
{
    private const int KeyMax = 64;

    extension(MarketKey market)
    {
        /// <summary>1 to 32,767.</summary>
        public int Slot => SlotOf(market.Market.Value);
    }

    /// <summary>The slot of a pair as we spell it, with the hyphen.</summary>
    private static int SlotOf(string pair)
    {
        Span<byte> key = stackalloc byte[KeyMax];
        var length = Encoding.UTF8.GetBytes(pair, key);
        key[pair.IndexOf('-', StringComparison.Ordinal)] = (byte)'/';
        return Slots.Of(XxHash3.HashToUInt64(key[..length]));
    }
}
