using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Markets;
using Platform.Projections.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets.History;

namespace Platform.Workers.Tests.Markets.Aggregation;

/// <summary>The newest bars while their trades are on the way from memory to the database.</summary>
public sealed class UnwrittenBarsTests
{
    private const int TradesPerSecond = 400;
    private static readonly MarketKey Market = MarketKey.From("BTC-USDT");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("00:05:00", false)]
    [InlineData("00:00:00.1", true)]
    public async Task Each_trade_is_in_one_bar_once_while_batches_are_written(string batchPeriod, bool isWritten)
    {
        await using var cold = await ColdHost.MakeAsync(TradesPerSecond);
        using var host = await cold.StartAsync(batchPeriod);
        var (history, seen) = (host.Services.GetRequiredService<BarHistory>(), new Dictionary<DateTimeOffset, long>());

        // Reading as fast as it goes, so that some answers are made while a batch moves.
        await Eventually.IsTrueAsync("there are bars", Deadline, async _ => (await LookAsync("1s", history, cold, seen)).Bars.Any(bar => bar.Bar.Trades > 0), Cancel);
        for (var since = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(2);)
            await LookAsync("1s", history, cold, seen);
        cold.Venue.End();

        var truth = TruthOf(cold.Venue);
        await Eventually.IsTrueAsync("every second is whole", Deadline, async _ =>
        {
            await LookAsync("1s", history, cold, seen);
            return truth.All(second => seen.GetValueOrDefault(second.Key) == second.Value.Trades);
        }, Cancel);
        var page = await LookAsync("1s", history, cold, seen);
        Assert.Equal(
            truth.Select(second => (second.Key, second.Value.Volume, second.Value.Close)),
            page.Bars.Where(bar => bar.Bar.Trades > 0).Select(bar => (bar.Bar.Start, bar.Bar.Volume.Value, bar.Bar.Prices!.Value.Close.Value)));
        if (!isWritten)
            Assert.Equal(truth.Keys.First(), page.UnwrittenFrom);
        // The venue tells no minutes here: they are made of the same seconds.
        foreach (var timeframe in (string[])["5s", "1m"])
        {
            var made = await history.ReadAsync(QueryOf(timeframe) with { Limit = 1_000 }, Cancel);
            Assert.Equal(cold.Venue.Last, made!.Bars.Sum(bar => bar.Bar.Trades));
        }
    }

    [Fact]
    public async Task Node_that_does_not_write_says_from_when_on_trades_may_be_missing()
    {
        await using var cold = await ColdHost.MakeAsync(TradesPerSecond);
        using var writer = await cold.StartAsync("00:00:00.1");
        await Eventually.IsTrueAsync("the writer hears all", Deadline, _ => Task.FromResult(cold.Venue.Listened == 1), Cancel);
        using var other = await cold.StartAsync("00:00:00.1");
        var (writing, reading) = (writer.Services.GetRequiredService<BarHistory>(), other.Services.GetRequiredService<BarHistory>());
        await Eventually.IsTrueAsync("both count", Deadline, async _ =>
            (await PageAsync(writing, "1s"))?.Bars.Any(bar => bar.Bar.Trades > 0) is true && (await PageAsync(reading, "1s"))?.PendingFrom is not null, Cancel);
        cold.Venue.End();
        await Eventually.IsTrueAsync("all is written", Deadline, async _ =>
            (await PageAsync(reading, "1s"))!.Bars.Sum(bar => bar.Bar.Trades) == cold.Venue.Last, Cancel);

        var last = TruthOf(cold.Venue).Keys.Last();
        // What is healed is there before what is counted, and proves nothing of it.
        var id = await other.Services.GetRequiredService<Instruments>().IdAsync(VenueId.From("paper"), Market, Cancel);
        await other.Services.GetRequiredService<BarRows>().WriteAsync(
            [new(id, BarLevel.Second, Bar.Empty(last.AddSeconds(1)), BarOrigin.Fetched)], Cancel);

        Assert.Equal(last, (await PageAsync(reading, "1s"))!.PendingFrom);
        Assert.Equal(last, (await PageAsync(reading, "1m"))!.PendingFrom);
        Assert.Null((await PageAsync(reading, "1h"))!.PendingFrom);
        Assert.Null((await reading.ReadAsync(QueryOf("1s") with { To = last }, Cancel))!.PendingFrom);
        Assert.Equal(last.AddSeconds(1), (await reading.ReadAsync(QueryOf("1s") with { From = last.AddSeconds(1) }, Cancel))!.PendingFrom);
        Assert.Null((await PageAsync(writing, "1s"))!.PendingFrom);
    }

    private static Task<BarPage?> PageAsync(BarHistory history, string timeframe) => history.ReadAsync(QueryOf(timeframe) with { Limit = 1_000 }, Cancel);

    private static BarQuery QueryOf(string timeframe) =>
        new(VenueId.From("paper"), Market, Timeframe.From(timeframe), From: null, To: null, 60, BarFill.None);

    // What was once there stays, and no second ever has more trades than there were.
    private static async Task<BarPage> LookAsync(
        string timeframe, BarHistory history, ColdHost cold, Dictionary<DateTimeOffset, long> seen)
    {
        if (await history.ReadAsync(QueryOf(timeframe), Cancel) is not { } page)
            return new([], Next: null);

        foreach (var (bar, _) in page.Bars)
        {
            Assert.True(seen.GetValueOrDefault(bar.Start) <= (bar.Trades ?? 0), $"{bar.Start:O} lost trades: {bar.Trades} of {seen.GetValueOrDefault(bar.Start)}");
            seen[bar.Start] = bar.Trades ?? 0;
        }

        Assert.InRange(seen.Values.Sum(), 0, cold.Venue.Last);
        return page;
    }

    private static SortedDictionary<DateTimeOffset, (long Trades, decimal Volume, decimal Close)> TruthOf(CountingVenue venue)
    {
        var truth = new SortedDictionary<DateTimeOffset, (long Trades, decimal Volume, decimal Close)>();
        for (var id = 1L; id <= venue.Last; id++)
        {
            var second = BarLevel.Second.StartOf(venue.TimeOf(id));
            var sum = truth.GetValueOrDefault(second);
            truth[second] = (sum.Trades + 1, sum.Volume + CountingVenue.QuantityOf(id), CountingVenue.PriceOf("BTCUSDT", id));
        }

        return truth;
    }
}
