using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Tests.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>A venue that halts a market after it was followed, and lets it go on.</summary>
public sealed class HaltTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Price_of_a_market_counts_only_while_its_venue_trades_it()
    {
        var format = new BinanceWire();
        await using var venue = await WireVenue.StartAsync(format);
        using var host = WireHost.For(format, venue);
        await host.StartAsync(Cancel);
        var catalog = host.Services.GetRequiredService<MarketCatalog>();
        await catalog.Ready.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        var aggregator = host.Services.GetRequiredService<Aggregator>();
        aggregator.Intake(new("wire")).List(await WireHost.InstrumentAsync(host, Cancel)).Trade(
            new(1, Price.From(100), Quantity.From(1), TakerSide.Buy, TimeProvider.System.GetUtcNow()));
        Assert.NotEqual(VenueVerdict.Halted, VerdictOf(aggregator));

        venue.Break(context => context.Response.WriteAsync(
            (format.Answer(context.Request, venue.Market) ?? "{}").Replace("TRADING", "BREAK", StringComparison.Ordinal), context.RequestAborted));
        Assert.True(await catalog.RefreshAsync(Cancel));
        await ShowsAsync("halted", isHalted: true);

        venue.Break(answer: null);
        Assert.True(await catalog.RefreshAsync(Cancel));
        await ShowsAsync("traded again", isHalted: false);
        await host.StopAsync(Cancel);

        Task ShowsAsync(string what, bool isHalted) => Eventually.IsTrueAsync(
            $"it is {what}", TimeSpan.FromSeconds(60), _ => Task.FromResult(VerdictOf(aggregator) is VenueVerdict.Halted == isHalted), Cancel);
    }

    private static VenueVerdict? VerdictOf(Aggregator aggregator)
    {
        foreach (var shard in aggregator.Shards)
            aggregator.Flush(shard, TimeProvider.System.GetUtcNow());
        return Assert.Single(aggregator.Explain(new(WireHost.Market))!.Venues).Evidence.Verdict;
    }
}
