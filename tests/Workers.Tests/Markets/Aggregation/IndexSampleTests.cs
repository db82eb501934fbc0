using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Projections.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets.Aggregation.Cold;

namespace Platform.Workers.Tests.Markets.Aggregation;

public sealed class IndexSampleTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 5, 0, TimeSpan.Zero);
    private static readonly MarketKey Market = MarketKey.From("BTC-USDT");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Price_is_recomputed_from_what_was_stored_with_verdicts_and_weights()
    {
        await using var rows = await MarketRows.MakeAsync();
        var samples = new IndexSamples(rows.Database, rows.Instruments, rows.Partitions);
        var sample = Sample();

        await samples.WriteAsync([sample], Cancel);
        await samples.WriteAsync([sample with { Outcome = default }], Cancel);
        var stored = await samples.FindAsync(Market, At.AddMinutes(4), TimeSpan.FromMinutes(5), Cancel);

        Assert.NotNull(stored);
        Assert.True(stored.SaysTheSameAs(sample));
        Assert.True(stored.Recomputed()!.SaysTheSameAs(stored));
        Assert.Equal(
            [("four", VenueVerdict.Outlier, 0m), ("killed", VenueVerdict.Killed, 0m), ("one", VenueVerdict.Used, 0.25m), ("three", VenueVerdict.Used, 0.25m), ("two", VenueVerdict.Used, 0.5m)],
            stored.Parts.Select(part => (part.Venue.Value, part.Verdict, part.Weight)));
        Assert.Equal(101.25m, stored.Index);
        Assert.Null(await samples.FindAsync(Market, At.AddMinutes(5), TimeSpan.FromMinutes(5), Cancel));
        Assert.Null(await samples.FindAsync(Market, At.AddSeconds(-1), TimeSpan.FromMinutes(5), Cancel));
    }

    [Fact]
    public void What_was_changed_afterwards_is_found_and_another_methodology_is_not_judged()
    {
        var sample = Sample();
        var forged = sample with { Parts = [.. sample.Parts.Select(part => part with { Input = part.Input with { Price = part.Input.Price + 1 } })] };

        Assert.False(forged.Recomputed()!.SaysTheSameAs(forged));
        Assert.Null((sample with { Methodology = IndexRule.Methodology + 1 }).Recomputed());
    }

    [Fact]
    public async Task Process_that_writes_trades_stores_what_each_price_is_made_of()
    {
        await using var cold = await ColdHost.MakeAsync(tradesPerSecond: 50);
        using var host = await cold.StartAsync("00:05:00");
        var sampling = host.Services.GetServices<IHostedService>().OfType<IndexSampling>().Single();
        var samples = host.Services.GetRequiredService<IndexSamples>();

        var sample = await Eventually.AnswersAsync("a sample with a price", TimeSpan.FromSeconds(60), async waiting =>
        {
            await sampling.SampleAsync(waiting);
            return await samples.FindAsync(Market, TimeProvider.System.GetUtcNow(), IndexSampling.Period, waiting) is { Index: not null } found ? found : null;
        }, Cancel);
        cold.Venue.End();

        Assert.Equal(("paper", VenueVerdict.Used, 1m), Assert.Single(sample.Parts) is var part ? (part.Venue.Value, part.Verdict, part.Weight) : default);
        Assert.True(sample.Recomputed()!.SaysTheSameAs(sample));
    }

    private static IndexSample Sample()
    {
        (string Venue, long Price, long Volume, VenueStanding Standing)[] said =
        [
            ("four", 150_00, 10, VenueStanding.None), ("killed", 100_00, 10, VenueStanding.Killed), ("one", 100_00, 10, VenueStanding.None),
            ("three", 102_00, 10, VenueStanding.None), ("two", 101_50, 20, VenueStanding.None),
        ];
        return new IndexSample(
            Market, At, IndexRule.Methodology, MarketScale.From(2, 8), new(100_00, TimeSpan.TicksPerSecond, 0, IsConfirmed: false), default,
            [.. said.Select(each => new IndexPart(
                VenueId.From(each.Venue), new(each.Standing, each.Price, each.Volume, TimeSpan.TicksPerSecond), VenueVerdict.NoPrice, Weight: 0))])
            .Recomputed()!;
    }
}
