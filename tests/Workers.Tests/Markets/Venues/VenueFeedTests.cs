using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Domain.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Venues;

public sealed class VenueFeedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Day = """
        [{"symbol":"BTCUSDT","lastPrice":"100.00","bidPrice":"99.99","bidQty":"1","askPrice":"100.01","askQty":"1","openPrice":"99",
          "highPrice":"101","lowPrice":"98","volume":"5","quoteVolume":"500","closeTime":1767323045000}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Day_that_was_polled_waits_until_the_stream_was_heard_out()
    {
        var format = new BinanceWire();
        await using var venue = await WireVenue.StartAsync(format);
        using var host = WireHost.For(format, venue);
        var instrument = await WireHost.InstrumentAsync(host, Cancel);
        using var tap = new SlowTap();
        venue.Break(async context =>
        {
            if (context.Request.Path == "/api/v3/ticker/24hr")
            {
                await tap.TradeBegan.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync(Day, context.RequestAborted);
            }
            else
            {
                await context.Response.WriteAsync(format.Answer(context.Request, venue.Market) ?? "{}", context.RequestAborted);
            }
        });
        using var feed = new VenueFeed(
            host.Services.GetRequiredService<ConnectedVenues>().Home, host.Services.GetRequiredService<MarketBoard>(), [tap],
            TimeProvider.System, new(7), NullLogger.Instance);
        feed.Watch([instrument]);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var following = feed.RunAsync(ending.Token);

        await tap.IsConnected.WaitAsync(Patience, Cancel);
        await Eventually.IsTrueAsync("the venue feeds it", Patience, _ => Task.FromResult(venue.Listeners > 0), Cancel);
        venue.Move();
        await tap.DayCame.WaitAsync(Patience, Cancel);

        Assert.False(await tap.HadDayWithinTrade.WaitAsync(Patience, Cancel));
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
    }

    /// <summary>Takes its time over the first trade, in which a day that does not wait would come.</summary>
    private sealed class SlowTap : IVenueTap, IDisposable
    {
        private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);

        private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource tradeBegan = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource dayCame = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<bool> hadDay = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim dayBegan = new();

        public Task IsConnected => connected.Task;

        public Task TradeBegan => tradeBegan.Task;

        public Task DayCame => dayCame.Task;

        public Task<bool> HadDayWithinTrade => hadDay.Task;

        public void Follow(IReadOnlyList<Instrument> instruments)
        {
            // It is about order alone.
        }

        public void Connected() => connected.TrySetResult();

        public void Traded(Instrument instrument, in PublicTrade trade)
        {
            if (tradeBegan.TrySetResult())
                hadDay.SetResult(dayBegan.Wait(Slow));
        }

        public void DayChanged(Instrument instrument, DaySummary day)
        {
            dayBegan.Set();
            dayCame.TrySetResult();
        }

        public void Disconnected(string reason) { }

        public void Heard() { }

        public void Quoted(Instrument instrument, in VenueQuote quote) { }

        public void DepthChanged(Instrument instrument, in DepthUpdate update) { }

        public void BookLost(Instrument instrument) { }

        public void BarChanged(Instrument instrument, CandleInterval interval, Candle candle) { }

        public void StatusChanged(VenueStatus status) { }

        public void Dispose() => dayBegan.Dispose();
    }
}
