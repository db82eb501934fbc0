using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets;

namespace Platform.Api.Markets;

/// <summary>All of a list that is not paged.</summary>
public sealed record ItemsResponse<T>(IReadOnlyList<T> Items);

/// <summary>A market with what an order on it must keep to; zero means that the venue has no such rule.</summary>
/// <param name="TickSize">In quote units.</param>
/// <param name="LotSize">In base units, as the quantities.</param>
/// <param name="MinNotional">In quote units.</param>
/// <param name="Venue">The platform's name for the venue.</param>
public sealed record MarketResponse(
    Symbol Market, Asset BaseAsset, Asset QuoteAsset, decimal TickSize, Quantity LotSize,
    Quantity MinQuantity, Quantity MaxQuantity, Notional MinNotional, string Venue)
{
    public static MarketResponse Of(MarketRules rules, string venue) => new(
        rules.Market, rules.Market.Base, rules.Market.Quote, rules.Price.TickSize, rules.Lot.Step,
        rules.Lot.Min, rules.Lot.Max, rules.Notional.Min, venue);
}

/// <param name="State">
/// "synced": as at the venue; "stale": as it last was, for the venue is not heard any more; "desynced": lost; "buffering": a
/// snapshot is awaited; "empty": nothing came yet. Only a synced or stale book has levels.
/// </param>
/// <param name="Reason">
/// Why it was lost, as "killed: " with what was said where somebody of the platform stopped it; null in any other state than "desynced".
/// </param>
/// <param name="StaleSince">When the venue was last heard; null in any other state than "stale".</param>
/// <param name="Bids">Pairs of price and quantity, best first.</param>
/// <param name="At">When something last came in.</param>
/// <param name="AgeMilliseconds">Since then, as of this answer.</param>
public sealed record BookResponse(
    Symbol Market, string State, string? Reason, DateTimeOffset? StaleSince, long LastUpdateId,
    IReadOnlyList<IReadOnlyList<decimal>> Bids, IReadOnlyList<IReadOnlyList<decimal>> Asks, DateTimeOffset At,
    long AgeMilliseconds)
{
    public static BookResponse Of(Symbol market, BookReading reading) => new(
        market, WordOf(reading.Book.State), reading.Book.Reason, reading.Book.StaleSince, reading.Book.LastUpdateId,
        Pairs(reading.Book.Bids), Pairs(reading.Book.Asks), reading.At, (long)reading.Age.TotalMilliseconds);

    private static string WordOf(BookState state) => state switch
    {
        BookState.Synced => "synced",
        BookState.Stale => "stale",
        BookState.Desynced => "desynced",
        BookState.Buffering => "buffering",
        _ => "empty",
    };

    private static IReadOnlyList<IReadOnlyList<decimal>> Pairs(IReadOnlyList<BookLevel> levels) =>
        [.. levels.Select(level => (IReadOnlyList<decimal>)[level.Price.Value, level.Quantity.Value])];
}
