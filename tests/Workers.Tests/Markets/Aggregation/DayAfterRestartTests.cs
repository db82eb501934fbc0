using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Projections.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Markets.Aggregation.Cold;

namespace Platform.Workers.Tests.Markets.Aggregation;

/// <summary>What was traded in a day is as much after a restart as before it.</summary>
public sealed class DayAfterRestartTests
{
    private const int TradesPerSecond = 200;
    private static readonly MarketKey Market = MarketKey.From("BTC-USDT");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Where the trades of the first life are when the second begins.</summary>
    public enum Found
    {
        InDatabase,
        InJournal,

        /// <summary>A crash came between the commit and the removal of the segment.</summary>
        InBoth,
    }

    [Theory]
    [InlineData(Found.InDatabase)]
    [InlineData(Found.InJournal)]
    [InlineData(Found.InBoth)]
    public async Task Windows_hold_every_trade_once_and_say_since_when(Found where)
    {
        await using var cold = await ColdHost.MakeAsync(TradesPerSecond);
        DateTimeOffset since;
        using (var first = await cold.StartAsync(where is Found.InDatabase ? "00:00:00.1" : "00:05:00"))
        {
            await WhenAsync(first, "trades are counted", view => view.Day.Trades > TradesPerSecond / 2 && view.CountedSince is not null);
            since = ViewOf(first)!.Value.CountedSince!.Value;
            await first.StopAsync(Cancel);
        }

        if (where is Found.InBoth)
            await CommitAsync(cold);
        using var second = await cold.StartAsync("00:05:00");
        await WhenAsync(second, "it listens", view => view.CountedSince is not null);
        cold.Venue.End();

        await WhenAsync(second, "all are counted", view => view.Day.Trades >= cold.Venue.Last);
        var view = ViewOf(second)!.Value;
        var ids = Enumerable.Range(1, (int)cold.Venue.Last).Select(id => (long)id).ToList();
        Assert.Equal((ids.Count, ids.Count), (view.Day.Trades, view.Hour.Trades));
        Assert.Equal(ids.Sum(CountingVenue.QuantityOf), (decimal)view.Day.Volume * view.Scale.Quantity(1));
        Assert.Equal(
            decimal.Round(
                ids.Sum(id => CountingVenue.PriceOf("BTCUSDT", id) * CountingVenue.QuantityOf(id)) / ids.Sum(CountingVenue.QuantityOf),
                view.Scale.PricePlaces, MidpointRounding.ToEven),
            view.VwapDay);
        Assert.Equal(since, view.CountedSince);
        await second.StopAsync(Cancel);
    }

    [Fact]
    public async Task What_was_missed_is_asked_for_though_the_stream_says_nothing_of_the_market()
    {
        await using var cold = await ColdHost.MakeAsync(TradesPerSecond);
        using (var first = await cold.StartAsync("00:05:00"))
        {
            await WhenAsync(first, "trades are counted", view => view.Day.Trades > 0);
            await first.StopAsync(Cancel);
        }

        var counted = cold.Venue.Last;
        await Eventually.IsTrueAsync("the venue trades on", Deadline, _ => Task.FromResult(cold.Venue.Last > counted), Cancel);
        cold.Venue.End();
        using var second = await cold.StartAsync("00:05:00");

        await WhenAsync(second, "all are counted", view => view.Day.Trades >= cold.Venue.Last && view.CountedSince is not null);
        Assert.Equal(cold.Venue.Last, ViewOf(second)!.Value.Day.Trades);
        await second.StopAsync(Cancel);
    }

    private static MarketView? ViewOf(IHost host) => host.Services.GetRequiredService<Aggregator>().View(Market);

    private static Task WhenAsync(IHost host, string what, Func<MarketView, bool> isSo) =>
        Eventually.IsTrueAsync(what, Deadline, _ => Task.FromResult(ViewOf(host) is { } view && isSo(view)), Cancel);

    private static async Task CommitAsync(ColdHost cold)
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(cold.Connection);
        var (partitions, instruments) = (new Projections.Snapshots.Partitions(database), new Instruments(database));
        var rows = new ColdRows(new(database, partitions), instruments, new(database, partitions));
        foreach (var path in JournalSegment.In(cold.JournalFolder))
            if (SecondRows.Of(JournalSegment.Read(path)) is { } batch)
                await rows.WriteAsync(batch, Cancel);
    }
}
