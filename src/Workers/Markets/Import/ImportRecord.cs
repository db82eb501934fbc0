using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Import;

/// <summary>One thing that a file tells. Closed: every case is in this file.</summary>
public abstract record ImportRecord
{
    private protected ImportRecord() { }

    /// <summary>Null when it is of no instant.</summary>
    public virtual DateTimeOffset? At => null;

    /// <summary>Null when its rows do not name one by number.</summary>
    public virtual (VenueId Venue, MarketKey Market)? Instrument => null;
}

public sealed record ImportedBar(VenueId Venue, MarketKey Market, BarLevel Level, Bar Bar) : ImportRecord
{
    public override DateTimeOffset? At => Bar.Start;

    public override (VenueId Venue, MarketKey Market)? Instrument => (Venue, Market);
}

/// <param name="Bid">Null while nobody bid.</param>
/// <param name="Ask">Null while nobody offered.</param>
public sealed record ImportedQuoteBar(
    VenueId Venue, MarketKey Market, BarLevel Level, DateTimeOffset Start, QuoteSide? Bid, QuoteSide? Ask) : ImportRecord
{
    public override DateTimeOffset? At => Start;

    public override (VenueId Venue, MarketKey Market)? Instrument => (Venue, Market);
}

/// <param name="Size">In base units (contracts where the venue counts these), as the interval ended.</param>
public sealed record QuoteSide(BarPrices Prices, Quantity Size);

/// <param name="Id">The venue's; where it gives none, what tells the trade from its like in the same file.</param>
/// <param name="TakerSide">Null where the source does not say.</param>
public sealed record ImportedTrade(
    VenueId Venue, MarketKey Market, DateTimeOffset Time, string Id, Price Price, Quantity Quantity, TakerSide? TakerSide) : ImportRecord
{
    public override DateTimeOffset? At => Time;

    public override (VenueId Venue, MarketKey Market)? Instrument => (Venue, Market);
}

/// <summary>A whole book, or what changed in it.</summary>
/// <param name="ReceivedAt">Null where the source has one clock only.</param>
public sealed record ImportedBook(
    VenueId Venue, MarketKey Market, DateTimeOffset Time, bool IsSnapshot, long FirstUpdateId, long LastUpdateId,
    long? PreviousUpdateId, DateTimeOffset? ReceivedAt, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks) : ImportRecord
{
    public override DateTimeOffset? At => Time;

    public override (VenueId Venue, MarketKey Market)? Instrument => (Venue, Market);
}

/// <summary>What an order on an instrument must keep to.</summary>
/// <param name="TickSize">In quote units.</param>
/// <param name="LotSize">In base units, or contracts.</param>
/// <param name="MinOrder">In what <paramref name="MinOrderIn"/> names; null where there is no such rule.</param>
public sealed record ImportedRule(
    VenueId Venue, MarketKey Market, string VenueSymbol, string Description, decimal TickSize, decimal LotSize, decimal ContractSize,
    decimal? MinOrder, OrderUnit MinOrderIn) : ImportRecord;

/// <summary>What the smallest order is counted in.</summary>
public enum OrderUnit { Base, Quote }

/// <param name="VenueSymbol">As the source spells the contract, its settlement and expiry included.</param>
/// <param name="MinNotional">In the currency, as the maximum.</param>
/// <param name="MaintenanceRate">A fraction of the position.</param>
public sealed record ImportedTier(
    VenueId Venue, string VenueSymbol, int Tier, string Currency, decimal MinNotional, decimal MaxNotional, decimal MaintenanceRate,
    decimal MaxLeverage) : ImportRecord;

/// <summary>One value of a series that is measured and not traded: a rate of interest, a rate of funding.</summary>
public sealed record ImportedSample(string Series, string Bin, bool IsDaily, DateTimeOffset Time, decimal Value) : ImportRecord
{
    public override DateTimeOffset? At => Time;
}

/// <summary>A record, or why there is none; <paramref name="Line"/> counts from one, lines of text or members of an array.</summary>
public readonly record struct ImportRow(long Line, ImportRecord? Record, string? Fault)
{
    public static ImportRow Of(long line, ImportRecord record) => new(line, record, Fault: null);

    public static ImportRow Rejected(long line, string reason) => new(line, Record: null, reason);
}
