using System.Runtime.InteropServices;

namespace Platform.Domain.Markets.Aggregation;

/// <summary>What a tick says.</summary>
public enum TickKind : byte
{
    /// <summary>Adds up: none may be lost and none counted twice.</summary>
    Trade = 0,

    /// <summary>The best bid and ask; a later one makes an earlier one worthless.</summary>
    Quote,

    /// <summary>The venue's own sum of the last 24 hours.</summary>
    Day,

    /// <summary>What stands against believing the venue on this market.</summary>
    Standing,

    /// <summary>What a taker pays there.</summary>
    Fee,
}

/// <summary>Why a venue does not count for a market now, whatever its prices are; all that hold.</summary>
[Flags]
public enum VenueStanding : byte
{
    None = 0,

    /// <summary>Somebody of the platform switched it off.</summary>
    Killed = 1,

    /// <summary>The venue does not trade it now.</summary>
    Halted = 2,

    /// <summary>Its book was lost, or its stream.</summary>
    Desynced = 4,
}

/// <summary>One thing that a venue told, in whole numbers of the market's scale. Zero where there is nothing.</summary>
/// <param name="Market">The market's number in its shard.</param>
/// <param name="At">UTC ticks; of a trade and a day the venue's clock, else ours.</param>
/// <param name="Id">Of a trade, the venue's number.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Tick(
    TickKind Kind, short Venue, int Market, long At, long Id = 0, long Price = 0, long Quantity = 0,
    long AskPrice = 0, long AskQuantity = 0)
{
    /// <summary>The tick before this one, of its venue and market, that is worth nothing any more.</summary>
    public bool Replaces(in Tick other) =>
        Kind is not TickKind.Trade && Kind == other.Kind && Venue == other.Venue && Market == other.Market;

    public static Tick Trade(short venue, int market, long at, long id, long price, long quantity) =>
        new(TickKind.Trade, venue, market, at, id, price, quantity);

    public static Tick Quote(short venue, int market, long at, long bid, long bidQuantity, long ask, long askQuantity) =>
        new(TickKind.Quote, venue, market, at, 0, bid, bidQuantity, ask, askQuantity);

    /// <param name="last">Zero: nothing traded.</param>
    public static Tick Day(short venue, int market, long at, long last, long volume) =>
        new(TickKind.Day, venue, market, at, 0, last, volume);

    public static Tick Standing(short venue, int market, VenueStanding standing) =>
        new(TickKind.Standing, venue, market, 0, (long)standing);

    /// <param name="taker">In hundred-millionths of what is traded: 100,000 is a tenth of a per cent.</param>
    public static Tick Fee(short venue, int market, long taker) => new(TickKind.Fee, venue, market, 0, taker);
}
