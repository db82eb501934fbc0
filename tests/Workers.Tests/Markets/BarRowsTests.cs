using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Projections.Markets;
using Platform.Tests.Support;

namespace Platform.Workers.Tests.Markets;

public sealed class BarRowsTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 31, 22, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hours_and_days_are_made_of_the_minutes_as_the_domain_makes_them()
    {
        await using var rows = await MarketRows.MakeAsync();
        var instrument = await rows.InstrumentAsync("paper", "BTC-USDT");
        var minutes = Enumerable.Range(0, 300).Where(minute => minute % 7 != 3).Select(minute => Minute(minute, minute)).ToList();

        foreach (var batch in minutes.Chunk(37))
            await rows.Bars.WriteAsync([.. batch.Select(bar => new BarRow(instrument, BarLevel.Minute, bar, BarOrigin.Streamed))], Cancel);

        // Of minutes that nobody told of, nobody knows whether they traded.
        await SameAsync("60m", BarLevel.Hour, BarState.Partial);
        await SameAsync("1440m", BarLevel.Day, BarState.Partial);
        var silent = Enumerable.Range(0, 300).Where(minute => minute % 7 == 3).Select(minute => Bar.Empty(Start.AddMinutes(minute)));
        await rows.Bars.WriteAsync([.. silent.Select(bar => new BarRow(instrument, BarLevel.Minute, bar, BarOrigin.Fetched))], Cancel);
        await SameAsync("60m", BarLevel.Hour, BarState.Traded);

        async Task SameAsync(string timeframe, BarLevel level, BarState state) => Assert.Equal(
            Bars.RollUp(minutes, Timeframe.From(timeframe)).Select(bar => bar with { State = state }),
            (await rows.Bars.ReadAsync(instrument, level, Start.AddDays(-1), Start.AddDays(2), 1000, Cancel)).Select(bar => bar with { Revision = 0 }));
    }

    [Fact]
    public async Task Bar_that_comes_again_changes_nothing_and_a_corrected_one_is_a_revision()
    {
        await using var rows = await MarketRows.MakeAsync();
        var instrument = await rows.InstrumentAsync("paper", "BTC-USDT");

        Assert.Equal(1, await WriteAsync(Minute(0, 5), BarOrigin.Streamed));
        Assert.Equal(0, await WriteAsync(Minute(0, 5), BarOrigin.Streamed));
        Assert.Equal(1, await WriteAsync(Minute(0, 6), BarOrigin.Fetched));
        Assert.Equal(0, await WriteAsync(Minute(0, 7), BarOrigin.Streamed));
        var hour = Assert.Single(await rows.Bars.ReadAsync(instrument, BarLevel.Hour, Start, Start.AddHours(1), 10, Cancel));
        var minute = Assert.Single(await rows.Bars.ReadAsync(instrument, BarLevel.Minute, Start, Start.AddHours(1), 10, Cancel));

        Assert.Equal(Minute(0, 6) with { Revision = 1 }, minute);
        Assert.Equal(minute.Prices, hour.Prices);

        Task<int> WriteAsync(Bar bar, BarOrigin origin) => rows.Bars.WriteAsync([new(instrument, BarLevel.Minute, bar, origin)], Cancel);
    }

    [Fact]
    public async Task What_two_write_at_once_is_all_in_the_bars_that_are_made_of_it()
    {
        await using var rows = await MarketRows.MakeAsync();
        var instrument = await rows.InstrumentAsync("paper", "BTC-USDT");
        await rows.Bars.WriteAsync([new(instrument, BarLevel.Minute, Minute(0, 5), BarOrigin.Streamed)], Cancel);

        await using var connection = await rows.Database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await BarRows.WriteAsync(connection, [new(instrument, BarLevel.Minute, Minute(1, 6), BarOrigin.Streamed)], Cancel);
        var other = rows.Bars.WriteAsync([new(instrument, BarLevel.Minute, Minute(2, 7), BarOrigin.Fetched)], Cancel);
        await Eventually.IsTrueAsync("the other waits", TimeSpan.FromSeconds(60), async _ => await rows.AskAsync(
            "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") is [_], Cancel);
        await transaction.CommitAsync(Cancel);
        await other;

        var hour = Assert.Single(await rows.Bars.ReadAsync(instrument, BarLevel.Hour, Start, Start.AddHours(1), 10, Cancel));
        Assert.Equal(Bars.RollUp([Minute(0, 5), Minute(1, 6), Minute(2, 7)], Timeframe.From("60m")).Single().Volume, hour.Volume);
    }

    [Fact]
    public async Task What_the_venue_said_of_an_hour_stands_over_what_its_minutes_make()
    {
        await using var rows = await MarketRows.MakeAsync();
        var instrument = await rows.InstrumentAsync("paper", "BTC-USDT");
        var hour = Minute(0, 50);

        await rows.Bars.WriteAsync([new(instrument, BarLevel.Hour, hour, BarOrigin.Imported)], Cancel);
        await rows.Bars.WriteAsync([new(instrument, BarLevel.Minute, Minute(0, 5), BarOrigin.Streamed)], Cancel);

        Assert.Equal([hour], await rows.Bars.ReadAsync(instrument, BarLevel.Hour, Start, Start.AddHours(1), 10, Cancel));
    }

    [Fact]
    public async Task What_is_too_old_goes_by_the_partition_and_what_is_kept_stays()
    {
        await using var rows = await MarketRows.MakeAsync();
        var instrument = await rows.InstrumentAsync("paper", "BTC-USDT");
        foreach (var month in Enumerable.Range(0, 3))
            await rows.Bars.WriteAsync(
                [new(instrument, BarLevel.Minute, Minute(0, 1) with { Start = Start.AddMonths(-month) }, BarOrigin.Streamed)], Cancel);

        var dropped = await rows.Partitions.DropBeforeAsync(
            MarketTables.Candles(BarLevel.Minute)!, new(2024, 1, 15, 0, 0, 0, TimeSpan.Zero), partition => partition.From.Month == 11, Cancel);

        Assert.Equal("md_candle_1m_202312", Assert.Single(dropped).Name);
        Assert.Equal(2, (await rows.Bars.ReadAsync(instrument, BarLevel.Minute, Start.AddYears(-1), Start.AddYears(1), 10, Cancel)).Count);
    }

    [Fact]
    public async Task Nodes_that_need_the_same_partition_at_once_all_get_it()
    {
        await using var rows = await MarketRows.MakeAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new Projections.Snapshots.Partitions(rows.Database)
            .EnsureAsync(MarketTables.Trades, [Start, Start.AddDays(1)], Cancel)));

        Assert.Equal(["md_trade_202401", "md_trade_202402"], await rows.AskAsync(
            "select relname from pg_class where relname like 'md_trade_2%' and relkind = 'r' order by 1"));
    }

    private static Bar Minute(int minute, int price) => new(
        Start.AddMinutes(minute), new(Price.From(price + 1), Price.From(price + 5), Price.From(price + 0.5m), Price.From(price + 2)),
        Quantity.From(1.00000001m * (minute + 1)), Notional.From(price + 1), Trades: 3, BarState.Traded);
}
