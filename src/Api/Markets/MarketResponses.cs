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

/// <param name="State">Only a synced book has levels; "desynced" was lost, "empty" was never whole.</param>
/// <param name="Bids">Pairs of price and quantity, best first.</param>
/// <param name="At">When something last came in.</param>
public sealed record BookResponse(
    Symbol Market, string State, long LastUpdateId,
    IReadOnlyList<IReadOnlyList<decimal>> Bids, IReadOnlyList<IReadOnlyList<decimal>> Asks, DateTimeOffset At)
{
    public static BookResponse Of(Symbol market, BookReading reading) => new(
        market,
        reading.Book.State switch
        {
            BookState.Synced => "synced",
            BookState.Desynced => "desynced",
            _ => "empty",
        },
        reading.Book.LastUpdateId, Pairs(reading.Book.Bids), Pairs(reading.Book.Asks), reading.At);

    private static IReadOnlyList<IReadOnlyList<decimal>> Pairs(IReadOnlyList<BookLevel> levels) =>
        [.. levels.Select(level => (IReadOnlyList<decimal>)[level.Price.Value, level.Quantity.Value])];
}
