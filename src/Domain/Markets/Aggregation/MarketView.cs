using System.Numerics;
using System.Runtime.InteropServices;

namespace Platform.Domain.Markets.Aggregation;

/// <summary>The best of one side over all venues; zero where nobody stands there.</summary>
/// <param name="Quantity">Of all venues at that price.</param>
/// <param name="Venue">The number of the first venue that has it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BestPrice(long Price, long Quantity, short Venue);

/// <summary>The best of one side behind the taker's fee.</summary>
/// <param name="Price">Before the fee.</param>
/// <param name="Fee">In hundred-millionths of the price; below zero where the taker gets so much less.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BestEffective(long Price, long Fee, short Venue);

/// <summary>
/// A market over all its venues as of one flush: whole numbers inside, decimals in quote units for whoever reads. Null
/// answers: nothing that may be believed.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MarketView
{
    private const decimal FeeUnit = 0.00000001m;

    public MarketScale Scale { get; init; }

    /// <summary>When it was computed, in UTC ticks; zero before the first time.</summary>
    public long AtTicks { get; init; }

    /// <summary>Rises by one with each change of this market.</summary>
    public long Sequence { get; init; }

    /// <summary>In whole numbers of the scale; zero: none.</summary>
    public long IndexMantissa { get; init; }

    /// <summary>When the index was last of its time, in UTC ticks: a kept value is older than the view.</summary>
    public long IndexAtTicks { get; init; }

    public IndexQuality Quality { get; init; }

    /// <summary>A bit for each venue that the market is listed at, by its number.</summary>
    public uint ListedVenues { get; init; }

    /// <summary>A bit for each venue that counts in the index.</summary>
    public uint UsedVenues { get; init; }

    public BestPrice BidBest { get; init; }

    public BestPrice AskBest { get; init; }

    public BestEffective BidEffectiveBest { get; init; }

    public BestEffective AskEffectiveBest { get; init; }

    /// <summary>What was traded in the last minute at the venues that may be believed, in steps of 100 ms.</summary>
    public TradeSum Minute { get; init; }

    /// <summary>In steps of 10 s.</summary>
    public TradeSum Hour { get; init; }

    /// <summary>24 hours, in steps of a minute.</summary>
    public TradeSum Day { get; init; }

    /// <summary>No venue's trade that counts here is missing since then, in UTC ticks; zero: nobody says so now.</summary>
    public long CountedSinceTicks { get; init; }

    /// <summary>Base units of 24 hours as the venues themselves say, of those that may be believed.</summary>
    public Int128 Volume { get; init; }

    public long LastMantissa { get; init; }

    /// <summary>Whose trade it was, by the venue's number.</summary>
    public short LastVenue { get; init; }

    public long LastAtTicks { get; init; }

    public DateTimeOffset At => new(AtTicks, TimeSpan.Zero);

    public DateTimeOffset? IndexAt => IndexMantissa > 0 ? new(IndexAtTicks, TimeSpan.Zero) : null;

    /// <summary>The price of the market (<see cref="IndexRule"/>); another number than the VWAP of trades.</summary>
    public decimal? Index => Price(IndexMantissa);

    public int VenuesUsed => BitOperations.PopCount(UsedVenues);

    public int VenuesListed => BitOperations.PopCount(ListedVenues);

    public decimal? BestBid => Price(BidBest.Price);

    public decimal? BestAsk => Price(AskBest.Price);

    /// <summary>Base units at the best bid, of all venues together.</summary>
    public decimal BestBidQuantity => Scale.Quantity(BidBest.Quantity);

    public decimal BestAskQuantity => Scale.Quantity(AskBest.Quantity);

    /// <summary>Below zero where one venue bids more than another asks.</summary>
    public decimal? Spread => HasBoth ? Scale.Price(AskBest.Price - BidBest.Price) : null;

    /// <summary>Bids of one venue meet asks of another: an opportunity, not an error.</summary>
    public bool IsCrossed => HasBoth && BidBest.Price > AskBest.Price;

    /// <summary>Exact.</summary>
    public decimal? Mid => HasBoth ? (Scale.Price(BidBest.Price) + Scale.Price(AskBest.Price)) / 2 : null;

    /// <summary>Ten-thousandths of the middle, to four places, half to even.</summary>
    public decimal? SpreadBps => (Spread, Mid) is ({ } spread, { } mid)
        ? decimal.Round(10_000 * spread / mid, decimals: 4, MidpointRounding.ToEven)
        : null;

    /// <summary>Nearer to the side where less stands: each price weighs with the other side's quantity.</summary>
    public decimal? MicroPrice => HasBoth && BidBest.Quantity + AskBest.Quantity > 0
        ? Scale.Price((long)Ratio.HalfEven(
            ((Int128)BidBest.Price * AskBest.Quantity) + ((Int128)AskBest.Price * BidBest.Quantity),
            (Int128)BidBest.Quantity + AskBest.Quantity))
        : null;

    /// <summary>The most that a seller gets behind the taker's fee; exact.</summary>
    public decimal? EffectiveBid => Effective(BidEffectiveBest);

    /// <summary>The least that a buyer pays with the taker's fee; exact.</summary>
    public decimal? EffectiveAsk => Effective(AskEffectiveBest);

    public decimal? Last => Price(LastMantissa);

    public decimal? VwapMinute => Price(Minute.Vwap);

    public decimal? VwapHour => Price(Hour.Vwap);

    public decimal? VwapDay => Price(Day.Vwap);

    /// <summary>What was traded is whole as far back as this; null while a venue is asked for what was missed.</summary>
    public DateTimeOffset? CountedSince => CountedSinceTicks > 0 ? new(CountedSinceTicks, TimeSpan.Zero) : null;

    private bool HasBoth => BidBest.Price > 0 && AskBest.Price > 0;

    /// <summary>The same but for when it was computed.</summary>
    public bool SaysTheSameAs(in MarketView other) => this with { AtTicks = 0, Sequence = 0, IndexAtTicks = 0 } == other with
    {
        AtTicks = 0, Sequence = 0, IndexAtTicks = 0,
    };

    private decimal? Effective(in BestEffective best) => Price(best.Price) * (1 + (best.Fee * FeeUnit));

    private decimal? Price(long mantissa) => mantissa > 0 ? Scale.Price(mantissa) : null;
}

/// <summary>A market that changed.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MarketDelta(MarketKey Market, MarketView View);
