using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Projections.Snapshots;
using Platform.Tests.Support;

namespace Platform.Workers.Tests.Markets.Aggregation;

/// <summary>Batches of seconds in a real database: each once, wherever they fall.</summary>
public sealed class TradeSecondsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private string connection = "";
    private Npgsql.NpgsqlDataSource database = null!;
    private TradeSeconds seconds = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connection = await TestDatabase.CreateAsync("trade_seconds");
        using var store = Marten.DocumentStore.For(options => options.UsePlatform(connection));
        await PlatformSchema.ApplyAsync(store, Cancel);
        database = Npgsql.NpgsqlDataSource.Create(connection);
        seconds = new(database, new(database));
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await TestDatabase.DropAsync(connection);
    }

    [Fact]
    public async Task Batch_whose_commit_is_in_doubt_is_written_again_and_counted_once()
    {
        var (batch, rows) = (Guid.CreateVersion7(), new[] { (1, Second(0, 100, 2)), (1, Second(1, 101, 3)) });

        Assert.True(await seconds.WriteAsync(batch, rows, Cancel));
        Assert.False(await seconds.WriteAsync(batch, rows, Cancel));

        Assert.Equal((2L, 5m), await CountAsync("md_trade_second"));
        // Two that write the same at once: one of them does.
        var other = Guid.CreateVersion7();
        var both = await Task.WhenAll(seconds.WriteAsync(other, rows, Cancel), seconds.WriteAsync(other, rows, Cancel));
        Assert.Single(both, wrote => wrote);
        Assert.Equal((4L, 10m), await CountAsync("md_trade_second"));
    }

    [Fact]
    public async Task Row_without_a_partition_is_caught_told_and_put_where_it_belongs()
    {
        await seconds.WriteAsync(Guid.CreateVersion7(), [(1, Second(0, 100, 2))], Cancel);
        Assert.Equal((1L, 2m), await CountAsync("md_trade_second_default"));

        Assert.Equal(1, await seconds.MakeRoomAsync(Start.AddDays(3), Cancel));

        Assert.Equal((0L, 0m), await CountAsync("md_trade_second_default"));
        Assert.Equal((1L, 2m), await CountAsync("md_trade_second_20260301"));
        Assert.Equal(0, await seconds.MakeRoomAsync(Start.AddDays(3), Cancel));
    }

    [Fact]
    public async Task Partitions_are_made_a_week_ahead()
    {
        await seconds.MakeRoomAsync(Start, Cancel);
        await seconds.WriteAsync(Guid.CreateVersion7(), [(1, Second(0, 100, 2))], Cancel);
        Assert.Equal((1L, 2m), await CountAsync("md_trade_second_20260301"));
        Assert.Equal((0L, 0m), await CountAsync("md_trade_second_20260308"));
    }

    [Fact]
    public async Task Bars_are_made_of_all_parts_of_a_second_and_again_the_same()
    {
        var partitions = new Partitions(database);
        var (bars, instrument) = (new BarRows(database, partitions), await new Instruments(database).IdAsync(new("one"), new(Symbol.From("BTC-USDT")), Cancel));
        (int, TradeSecond)[] first = [(instrument, Second(0, 100, 2))];
        (int, TradeSecond)[] second = [(instrument, Second(0, 90, 1, later: 5)), (instrument, Second(61, 95, 4))];
        await seconds.WriteAsync(Guid.CreateVersion7(), first, Cancel);
        await seconds.RollAsync(first, bars, Cancel);
        await seconds.WriteAsync(Guid.CreateVersion7(), second, Cancel);
        await seconds.RollAsync(second, bars, Cancel);
        await seconds.RollAsync(second, bars, Cancel);

        var minutes = await bars.ReadAsync(instrument, BarLevel.Minute, Start, Start.AddMinutes(2), 10, Cancel);

        Assert.Equal(
            [(Start, 100m, 90m, 3m, 290m, 2L), (Start.AddMinutes(1), 95m, 95m, 4m, 380m, 1L)],
            minutes.Select(bar => (
                bar.Start, bar.Prices!.Value.Open.Value, bar.Prices.Value.Close.Value, bar.Volume.Value, bar.QuoteVolume!.Value.Value,
                bar.Trades!.Value)));
    }

    private static TradeSecond Second(int second, decimal price, decimal volume, int later = 0)
    {
        var at = Start.AddSeconds(second);
        return new(
            at, price, price, price, price, volume, price * volume, 1, at.AddMilliseconds(later), at.AddMilliseconds(later));
    }

    private async Task<(long Rows, decimal Volume)> CountAsync(string table)
    {
        await using var command = database.CreateCommand($"select count(*), coalesce(sum(volume), 0) from platform.{table}");
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        await reader.ReadAsync(Cancel);
        return (reader.GetInt64(0), reader.GetDecimal(1));
    }
}
