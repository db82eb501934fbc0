using Platform.Domain.Markets;
using Platform.Projections.Snapshots;

namespace Platform.Projections.Markets;

/// <summary>
/// Where market data lies: rows, not events. Amounts are <c>numeric</c>, which holds every venue's scale exactly; the enums are
/// small numbers in the order of their declaration, and <c>level</c> is the bar's length in seconds.
/// </summary>
public static class MarketTables
{
    private const string Schema = PlatformStore.Schema;

    public static PartitionedTable QuoteBars { get; } = new("md_quote_bar", PartitionSpan.Month);

    public static PartitionedTable Trades { get; } = new("md_trade", PartitionSpan.Month);

    public static PartitionedTable Books { get; } = new("md_book", PartitionSpan.Day);

    /// <summary>The tables of a level's bars and of all that are made of these.</summary>
    public static IEnumerable<PartitionedTable> CandlesFrom(BarLevel level)
    {
        for (BarLevel? at = level; at is { } each; at = each.Parent)
            if (Candles(each) is { } table)
                yield return table;
    }

    /// <summary>The table that a level's bars are in; null for days, which are few and kept for good.</summary>
    public static PartitionedTable? Candles(BarLevel level) => level switch
    {
        BarLevel.Second => new("md_candle_1s", PartitionSpan.Day),
        BarLevel.Minute => new("md_candle_1m", PartitionSpan.Month),
        BarLevel.FiveMinutes => new("md_candle_5m", PartitionSpan.Month),
        BarLevel.Hour => new("md_candle_1h", PartitionSpan.Year),
        _ => null,
    };

    /// <summary>Run again, it changes nothing.</summary>
    public static string Definition { get; } =
        $"""
        create table if not exists {Schema}.md_instrument (
            id int generated always as identity primary key, venue text not null, market text not null, unique (venue, market));

        create table if not exists {Schema}.md_candle (
            instrument_id int not null, level int not null, ts timestamptz not null,
            open numeric, high numeric, low numeric, close numeric,
            volume numeric not null, quote_volume numeric, trades bigint,
            state smallint not null, origin smallint not null, revision int not null,
            primary key (instrument_id, level, ts)) partition by list (level);
        create table if not exists {Schema}.md_candle_1s partition of {Schema}.md_candle for values in (1) partition by range (ts);
        create table if not exists {Schema}.md_candle_1m partition of {Schema}.md_candle for values in (60) partition by range (ts);
        create table if not exists {Schema}.md_candle_5m partition of {Schema}.md_candle for values in (300) partition by range (ts);
        create table if not exists {Schema}.md_candle_1h partition of {Schema}.md_candle for values in (3600) partition by range (ts);
        create table if not exists {Schema}.md_candle_1d partition of {Schema}.md_candle for values in (86400);

        create table if not exists {Schema}.md_restatement (
            instrument_id int not null, level int not null, ts timestamptz not null,
            open numeric not null, high numeric not null, low numeric not null, close numeric not null, volume numeric not null,
            kept_open numeric not null, kept_high numeric not null, kept_low numeric not null, kept_close numeric not null,
            kept_volume numeric not null, seen_at timestamptz not null,
            primary key (instrument_id, level, ts, open, high, low, close, volume));

        create table if not exists {Schema}.md_quote_bar (
            instrument_id int not null, level int not null, ts timestamptz not null,
            bid_open numeric, bid_high numeric, bid_low numeric, bid_close numeric, bid_size numeric,
            ask_open numeric, ask_high numeric, ask_low numeric, ask_close numeric, ask_size numeric,
            primary key (instrument_id, level, ts)) partition by range (ts);

        create table if not exists {Schema}.md_trade (
            instrument_id int not null, ts timestamptz not null, trade_id text not null,
            price numeric not null, quantity numeric not null, taker_side smallint,
            primary key (instrument_id, ts, trade_id)) partition by range (ts);

        create table if not exists {Schema}.md_book (
            instrument_id int not null, ts timestamptz not null, last_update_id bigint not null, is_snapshot boolean not null,
            first_update_id bigint not null, previous_update_id bigint, received_at timestamptz,
            bids numeric[] not null, asks numeric[] not null,
            primary key (instrument_id, ts, last_update_id, is_snapshot)) partition by range (ts);

        create table if not exists {Schema}.md_instrument_rule (
            venue text not null, market text not null, venue_symbol text not null, description text not null,
            tick_size numeric not null, lot_size numeric not null, contract_size numeric not null,
            min_order numeric, min_order_in smallint not null, primary key (venue, market, venue_symbol));

        create table if not exists {Schema}.md_leverage_tier (
            venue text not null, venue_symbol text not null, tier int not null, currency text not null,
            min_notional numeric not null, max_notional numeric not null,
            maintenance_rate numeric not null, max_leverage numeric not null,
            primary key (venue, venue_symbol, tier));

        create table if not exists {Schema}.md_import (
            digest text primary key, name text not null, format text not null, is_done boolean not null,
            rows_read bigint not null, rows_written bigint not null, rows_rejected bigint not null,
            first_ts timestamptz, last_ts timestamptz, started_at timestamptz not null, finished_at timestamptz);

        create table if not exists {Schema}.md_import_range (
            digest text not null, table_name text not null, first_ts timestamptz not null, last_ts timestamptz not null,
            primary key (digest, table_name));

        create table if not exists {Schema}.md_import_reject (
            digest text not null, line bigint not null, reason text not null, primary key (digest, line));

        """;
}
