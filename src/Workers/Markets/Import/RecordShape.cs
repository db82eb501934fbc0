using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Import;

/// <summary>Which rows a kind of record becomes.</summary>
/// <param name="ValuesOf">Of a record and the number of its instrument, in the order of the columns.</param>
/// <param name="KeyOf">What tells rows apart where a later one replaces an earlier; null where what is there stays.</param>
internal sealed record RecordShape(
    string Table, string Columns, string OnConflict, Func<ImportRecord, bool> Takes, Func<ImportRecord, int, object?[]> ValuesOf,
    Func<ImportRecord, object>? KeyOf)
{
    /// <summary>All kinds but bars and samples, which have rules of their own.</summary>
    public static IReadOnlyList<RecordShape> All { get; } =
    [
        Kept<ImportedQuoteBar>(
            "md_quote_bar",
            "instrument_id, level, ts, bid_open, bid_high, bid_low, bid_close, bid_size, ask_open, ask_high, ask_low, ask_close, ask_size",
            (bar, id) => [id, (int)bar.Level.Length.TotalSeconds, bar.Start, .. Side(bar.Bid), .. Side(bar.Ask)]),
        Kept<ImportedTrade>(
            "md_trade", "instrument_id, ts, trade_id, price, quantity, taker_side",
            (trade, id) => [id, trade.Time, trade.Id, trade.Price.Value, trade.Quantity.Value, (short?)trade.TakerSide]),
        Kept<ImportedBook>(
            "md_book", "instrument_id, ts, last_update_id, is_snapshot, first_update_id, previous_update_id, received_at, bids, asks",
            (book, id) =>
            [
                id, book.Time, book.LastUpdateId, book.IsSnapshot, book.FirstUpdateId, book.PreviousUpdateId, book.ReceivedAt,
                Levels(book.Bids), Levels(book.Asks),
            ]),
        Replaced<ImportedRule>(
            "md_instrument_rule", "venue, market, venue_symbol",
            "description, tick_size, lot_size, contract_size, min_order, min_order_in",
            rule =>
            [
                rule.Venue.Value, rule.Market.Value, rule.VenueSymbol, rule.Description, rule.TickSize, rule.LotSize, rule.ContractSize,
                rule.MinOrder, (short)rule.MinOrderIn,
            ],
            rule => (rule.Venue, rule.Market, rule.VenueSymbol)),
        Replaced<ImportedTier>(
            "md_leverage_tier", "venue, venue_symbol, tier", "currency, min_notional, max_notional, maintenance_rate, max_leverage",
            tier =>
            [
                tier.Venue.Value, tier.VenueSymbol, tier.Tier, tier.Currency, tier.MinNotional, tier.MaxNotional, tier.MaintenanceRate,
                tier.MaxLeverage,
            ],
            tier => (tier.Venue, tier.VenueSymbol, tier.Tier)),
    ];

    private static RecordShape Kept<T>(string table, string columns, Func<T, int, object?[]> valuesOf) where T : ImportRecord => new(
        table, columns, "on conflict do nothing", record => record is T, (record, id) => valuesOf((T)record, id), KeyOf: null);

    private static RecordShape Replaced<T>(
        string table, string keys, string others, Func<T, object?[]> valuesOf, Func<T, object> keyOf) where T : ImportRecord => new(
        table, $"{keys}, {others}",
        $"on conflict ({keys}) do update set {string.Join(", ", others.Split(", ").Select(column => $"{column} = excluded.{column}"))}",
        record => record is T, (record, _) => valuesOf((T)record), record => keyOf((T)record));

    private static object?[] Side(QuoteSide? side) =>
        [side?.Prices.Open.Value, side?.Prices.High.Value, side?.Prices.Low.Value, side?.Prices.Close.Value, side?.Size.Value];

    // Pairs of price and quantity.
    private static decimal[,] Levels(IReadOnlyList<BookLevel> levels)
    {
        var pairs = new decimal[levels.Count, 2];
        for (var at = 0; at < levels.Count; at++)
            (pairs[at, 0], pairs[at, 1]) = (levels[at].Price.Value, levels[at].Quantity.Value);
        return pairs;
    }
}
