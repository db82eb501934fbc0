using System.Runtime.InteropServices;

namespace Platform.Domain.Markets.Aggregation;

/// <summary>The latest of one venue on one market, in whole numbers; zero where nothing is known. Times are UTC ticks.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct VenueSlot
{
    public long Last;
    public long LastAt;
    public long Bid;
    public long BidQuantity;
    public long Ask;
    public long AskQuantity;
    public long QuoteAt;
    public long DayVolume;
    public long DayAt;
    public long TakerFee;
    public VenueStanding Standing;
    public VenueTrades? Trades;

    /// <summary>No trade is missing since then; zero: nobody said so.</summary>
    public long CountedSince;

    /// <summary>False while trades may be missing that the venue is still asked for.</summary>
    public bool IsCounting;

    /// <summary>The venue's own word; ours until it says something.</summary>
    public readonly long Volume => DayAt > 0 ? DayVolume : (long)Int128.Min(Trades?.Day.Volume ?? 0, MarketScale.MantissaMax);

    public void Quote(in Tick tick) => (Bid, BidQuantity, Ask, AskQuantity, QuoteAt) =
        (tick.Price, tick.Quantity, tick.AskPrice, tick.AskQuantity, tick.At);

    public void Day(in Tick tick, long now)
    {
        var at = Math.Min(tick.At, now);
        (DayVolume, DayAt) = (tick.Quantity, at);
        // The same price again is no news of a trade.
        if (tick.Price > 0 && tick.Price != Last && at > LastAt)
            (Last, LastAt) = (tick.Price, at);
    }

    /// <summary>False when it was counted before.</summary>
    public bool TryTrade(in Tick tick, long now)
    {
        var at = Math.Min(tick.At, now);
        Trades ??= new();
        if (!Trades.TryCount(tick, at))
            return false;

        if (at >= LastAt)
            (Last, LastAt) = (tick.Price, at);
        return true;
    }
}
