using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Projections.Snapshots;
using Platform.Workers.Markets.History;

namespace Platform.Workers.Tests.Markets;

public sealed class RetentionTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 10, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider time = new(Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_table_that_is_cut_by_time_has_a_rule()
    {
        await using var rows = await MarketRows.MakeAsync();

        var cut = await rows.AskAsync(
            "select relname from pg_partitioned_table join pg_class on pg_class.oid = partrelid where partstrat = 'r' order by 1");

        Assert.Equal(cut, new RetentionOptions().Rules.Select(rule => rule.Table.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Bars_go_when_they_are_as_old_as_was_said_and_days_stay()
    {
        await using var rows = await MarketRows.MakeAsync();
        using var retention = Retention(rows);
        await retention.RoundAsync(Cancel);
        await StoreAsync(rows, BarLevel.Second, Start);

        Assert.Equal([1, 60, 300, 3600, 86400], await LevelsAfterAsync(TimeSpan.FromDays(7)));
        Assert.Equal([60, 300, 3600, 86400], await LevelsAfterAsync(TimeSpan.FromDays(9)));
        Assert.Equal([60, 300, 3600, 86400], await LevelsAfterAsync(TimeSpan.FromDays(30)));
        Assert.Equal([300, 3600, 86400], await LevelsAfterAsync(TimeSpan.FromDays(62)));
        Assert.Equal([300, 3600, 86400], await LevelsAfterAsync(TimeSpan.FromDays(180)));
        Assert.Equal([3600, 86400], await LevelsAfterAsync(TimeSpan.FromDays(212)));
        Assert.Equal([3600, 86400], await LevelsAfterAsync(TimeSpan.FromDays(3 * 365)));
        // A node that was off for years drops all that is due in its first round.
        Assert.Equal([86400], await LevelsAfterAsync(TimeSpan.FromDays(5 * 365)));

        async Task<IEnumerable<int>> LevelsAfterAsync(TimeSpan passed)
        {
            time.SetUtcNow(Start + passed);
            await retention.RoundAsync(Cancel);
            return (await rows.AskAsync("select level from platform.md_candle order by 1")).Select(int.Parse);
        }
    }

    [Fact]
    public async Task Partitions_are_there_before_their_rows_and_after_a_long_absence_too()
    {
        await using var rows = await MarketRows.MakeAsync();
        using var retention = Retention(rows);

        await retention.RoundAsync(Cancel);
        time.Advance(TimeSpan.FromDays(400));
        await retention.RoundAsync(Cancel);

        Assert.Equal(
            ["md_candle_1h_2024", "md_candle_1h_2025", "md_candle_1m_202502", "md_candle_5m_202502"],
            await rows.AskAsync("select relname from pg_class where relkind = 'r' and relname ~ '^md_candle_(1m|5m|1h)_' order by 1"));
        Assert.Equal(
            Enumerable.Range(13, 8).Select(day => $"md_candle_1s_202502{day}"),
            await rows.AskAsync("select relname from pg_class where relkind = 'r' and relname like 'md_candle_1s_%' order by 1"));
    }

    [Fact]
    public async Task What_was_imported_stays_however_old_and_what_came_by_itself_beside_it_goes()
    {
        await using var rows = await MarketRows.MakeAsync();
        using var retention = Retention(rows);
        var path = Path.Combine(Directory.CreateTempSubdirectory("import-").FullName, "bars-1m.csv");
        await File.WriteAllLinesAsync(path, ["timestamp,open,high,low,close,volume", "2023-03-01 00:00:00,1,2,1,2,5"], Cancel);
        await rows.Importer.ImportAsync(path, new(VenueId.From("kraken"), MarketKey.From("BTC-USD")), progress: null, Cancel);
        await StoreAsync(rows, BarLevel.Minute, new(2023, 4, 1, 0, 0, 0, TimeSpan.Zero));

        time.SetUtcNow(new(2032, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await retention.RoundAsync(Cancel);

        // The hours of that year stay with the imported ones, which are made of what was imported.
        Assert.Equal(
            ["60|2023-03-01", "300|2023-03-01", "3600|2023-03-01", "3600|2023-04-01", "86400|2023-03-01", "86400|2023-04-01"],
            await rows.AskAsync("select level, (ts at time zone 'UTC')::date::text from platform.md_candle order by level, ts"));

        await rows.ExecuteAsync("delete from platform.md_import_range");
        Assert.Empty(await retention.RoundAsync(Cancel));
        Assert.Equal(["1"], await rows.AskAsync("select count(*) from platform.md_candle where level = 60"));
    }

    [Fact]
    public async Task Of_nodes_that_drop_at_once_each_partition_is_dropped_by_one_and_none_while_something_is_imported()
    {
        await using var rows = await MarketRows.MakeAsync();
        await StoreAsync(rows, BarLevel.Second, Start);
        time.Advance(TimeSpan.FromDays(5 * 365));
        var nodes = Enumerable.Range(0, 4).Select(_ => Retention(rows)).ToList();

        await using (var importing = await rows.Database.OpenConnectionAsync(Cancel))
        {
            await using var hold = new NpgsqlCommand("select pg_advisory_lock_shared(hashtextextended('platform.retention', 4))", importing);
            await hold.ExecuteNonQueryAsync(Cancel);
            Assert.Empty(await nodes[0].RoundAsync(Cancel));
        }

        var dropped = await Task.WhenAll(nodes.Select(node => node.RoundAsync(Cancel)));

        Assert.Equal(
            ["md_candle_1h_2024", "md_candle_1m_202401", "md_candle_1s_20240110", "md_candle_5m_202401"],
            dropped.SelectMany(each => each).Select(partition => partition.Name).Order(StringComparer.Ordinal));
        // Whoever made a partition that another dropped makes it again.
        using var writing = Retention(rows, rows.Partitions);
        Assert.Empty(await writing.RoundAsync(Cancel));
        await StoreAsync(rows, BarLevel.Second, Start);
    }

    [Fact]
    public void Longer_bars_are_kept_no_shorter_than_shorter_ones() => Assert.Single(Faults(
        new() { Minutes = TimeSpan.FromDays(90), FiveMinutes = TimeSpan.FromDays(60) }));

    [Fact]
    public void Minutes_are_kept_for_longer_than_their_holes_are_healed() =>
        Assert.Single(Faults(new() { Minutes = TimeSpan.FromDays(8) }));

    private static List<ValidationResult> Faults(RetentionOptions options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new(options), faults, validateAllProperties: true);
        return faults;
    }

    private MarketRetention Retention(MarketRows rows, Partitions? partitions = null) => new(
        rows.Database, partitions ?? new(rows.Database), Options.Create(new RetentionOptions()), time, NullLogger<MarketRetention>.Instance);

    private static async Task StoreAsync(MarketRows rows, BarLevel level, DateTimeOffset at)
    {
        var price = Price.From(100);
        await rows.Bars.WriteAsync(
            [
                new(
                    await rows.InstrumentAsync("paper", "BTC-USDT"), level,
                    new(at, new(price, price, price, price), Quantity.From(1), Notional.From(100), Trades: 1, BarState.Traded), BarOrigin.Streamed),
            ],
            Cancel);
    }
}
