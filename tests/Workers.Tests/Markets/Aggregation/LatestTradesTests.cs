using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Tests.Markets.Fetching;
using Platform.Workers.Tests.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Aggregation;

/// <summary>Trades that were missed at a venue that tells the latest sixty and no others.</summary>
public sealed class LatestTradesTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public async Task What_is_counted_is_whole_from_before_only_when_none_can_have_been_passed_over(int missed, bool isWhole)
    {
        var format = new BybitWire();
        await using var wire = await WireVenue.StartAsync(format);
        using var host = WireHost.For(format, wire);
        var instrument = await WireHost.InstrumentAsync(host, Cancel);
        var home = host.Services.GetRequiredService<ConnectedVenues>().Home;
        var aggregator = new Aggregator(Options.Create(new AggregationOptions { Shards = 1 }), TimeProvider.System);
        using var log = new LinesOfLog();
        var tap = new VenueTap(aggregator.Intake(home.Venue), home, new ConflatingQueue<Suspicion>(), TimeProvider.System, new Random(1), log);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var catchingUp = tap.CatchUpAsync(ending.Token);
        var begun = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        tap.Connected();
        tap.Traded(instrument, new(1, Price.From(100), Quantity.From(1), TakerSide.Buy, begun));
        await CountedAsync(1);
        var since = View().CountedSince;
        wire.Break(context => context.Response.WriteAsync(Latest(missed, begun), context.RequestAborted));

        tap.Connected();
        await CountedAsync(1 + missed);

        Assert.Equal(isWhole, View().CountedSince == since);
        Assert.Equal(!isWhole, log.All.Contains("are missing since", StringComparison.Ordinal));
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => catchingUp);

        MarketView View()
        {
            aggregator.Flush(aggregator.Shards[0], TimeProvider.System.GetUtcNow());
            return aggregator.View(new(instrument.Market))!.Value;
        }

        Task CountedAsync(int trades) => Eventually.IsTrueAsync(
            $"{trades} are counted", Deadline, _ => Task.FromResult(View() is { CountedSince: not null } view && view.Day.Trades == trades), Cancel);
    }

    // Newest first.
    private static string Latest(int missed, DateTimeOffset begun) => JsonSerializer.Serialize(new
    {
        retCode = 0,
        retMsg = "OK",
        result = new
        {
            list = Enumerable.Range(2, missed).Reverse().Select(id => new
            {
                execId = id.ToString(CultureInfo.InvariantCulture), symbol = "BTCUSDT", price = "100", size = "1", side = "Buy",
                time = begun.AddSeconds(id / 10d).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            }),
        },
    });
}
