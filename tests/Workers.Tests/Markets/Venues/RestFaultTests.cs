using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Venues;

using Depth = VenueAnswer<DepthSnapshot>;

/// <summary>Every way in which a venue's REST answers go wrong, on every connector.</summary>
public sealed class RestFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Book_is_asked_for_and_answered() => WireFormats.EachAsync(async format =>
    {
        await using var stage = await Stage.StartAsync(format);

        var snapshot = Assert.IsType<Depth.Answered>(await stage.AskAsync()).Value;

        Assert.Equal(stage.Venue.Market.Bids, snapshot.Bids);
        Assert.Equal(stage.Venue.Market.Asks, snapshot.Asks);
    });

    [Fact]
    public Task Too_many_requests_hold_everything_as_long_as_the_venue_says() =>
        AssertHeldAsync(429, "7", TimeSpan.FromSeconds(7));

    [Fact]
    public Task Too_many_requests_without_a_word_hold_everything_for_a_minute() =>
        AssertHeldAsync(429, retryAfter: null, TimeSpan.FromMinutes(1));

    [Fact]
    public Task Ban_holds_everything_as_long_as_the_venue_says() =>
        AssertHeldAsync(418, "120", TimeSpan.FromSeconds(120));

    [Fact]
    public Task Trouble_at_the_venue_is_doubt() => WireFormats.EachAsync(async format =>
    {
        await using var stage = await Stage.StartAsync(format);
        foreach (var status in (int[])[500, 502, 503, 504, 520])
        {
            stage.Venue.Break(context => SayAsync(context, status, """{"error":"busy"}"""));

            Assert.Equal(UnknownCause.ServerError, Assert.IsType<Depth.Unknown>(await stage.AskAsync()).Cause);
        }
    });

    [Fact]
    public Task Answer_that_is_none_is_doubt() => WireFormats.EachAsync(async format =>
    {
        await using var stage = await Stage.StartAsync(format);
        foreach (var body in (string[])["", "<html>", "{", "[]", "null", "7", "\"ok\"", """{"x":1}""", """{"error":[],"result":null}"""])
        {
            stage.Venue.Break(context => SayAsync(context, 200, body));

            Assert.IsType<Depth.Unknown>(await stage.AskAsync());
        }
    });

    [Fact]
    public Task Venue_that_does_not_answer_hangs_up_or_breaks_off_is_doubt() => WireFormats.EachAsync(async format =>
    {
        var time = new FakeTimeProvider(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await using var stage = await Stage.StartAsync(format, time);

        var asked = new TaskCompletionSource();
        stage.Venue.Break(context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        var asking = stage.AskAsync();
        await asked.Task.WaitAsync(Cancel);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(UnknownCause.Timeout, Assert.IsType<Depth.Unknown>(await asking).Cause);

        stage.Venue.Break(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        Assert.Equal(UnknownCause.Disconnected, Assert.IsType<Depth.Unknown>(await stage.AskAsync()).Cause);

        stage.Venue.Break(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("""{"bids":""", Cancel);
            context.Abort();
        });
        Assert.Equal(UnknownCause.Disconnected, Assert.IsType<Depth.Unknown>(await stage.AskAsync()).Cause);
    });

    [Fact]
    public Task Signed_calls_are_dated_by_the_venues_clock_however_far_it_is_off() => WireFormats.EachAsync(async format =>
    {
        await using var stage = await Stage.StartAsync(format);
        if (WireHost.Parts(stage.Host).Account is not { } account)
            return;
        stage.Venue.Market.Drift = TimeSpan.FromHours(1);

        await account.BalancesAsync(Cancel);

        Assert.All(stage.Venue.Datings, Assert.True);
    });

    private static Task AssertHeldAsync(int status, string? retryAfter, TimeSpan held) => WireFormats.EachAsync(async format =>
    {
        var time = new FakeTimeProvider(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await using var stage = await Stage.StartAsync(format, time);
        stage.Venue.Break(context =>
        {
            context.Response.Headers.RetryAfter = retryAfter;
            return SayAsync(context, status, """{"error":"slow down"}""");
        });
        Assert.Equal(UnknownCause.Throttled, Assert.IsType<Depth.Unknown>(await stage.AskAsync()).Cause);
        stage.Venue.Break(null);
        var calls = stage.Venue.Calls.Count;

        time.Advance(held - TimeSpan.FromMilliseconds(1));
        Assert.Equal(UnknownCause.Throttled, Assert.IsType<Depth.Unknown>(await stage.AskAsync()).Cause);
        Assert.Equal(calls, stage.Venue.Calls.Count);

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<Depth.Answered>(await stage.AskAsync());
    });

    private static Task SayAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body, Cancel);
    }

    private sealed class Stage(WireVenue venue, IHost host, Instrument instrument) : IAsyncDisposable
    {
        public WireVenue Venue => venue;

        public IHost Host => host;

        public static async Task<Stage> StartAsync(IWireFormat format, TimeProvider? time = null)
        {
            var venue = await WireVenue.StartAsync(format);
            var host = WireHost.For(format, venue, time);
            return new(venue, host, await WireHost.InstrumentAsync(host, Cancel));
        }

        public Task<Depth> AskAsync() => WireHost.Parts(host).MarketData.DepthAsync(instrument, 100, Cancel);

        public async ValueTask DisposeAsync()
        {
            host.Dispose();
            await venue.DisposeAsync();
        }
    }
}
