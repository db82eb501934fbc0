using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Aggregation;

namespace Platform.Workers.Tests.Markets.Aggregation;

/// <summary>The aggregator as the platform runs it, by a clock that the test winds.</summary>
public sealed class AggregatorTests : IAsyncDisposable
{
    private static readonly MarketKey Market = MarketKey.From("BTC-USDT");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider time = new(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Aggregator aggregator;
    private readonly AggregatorLoop loop;

    public AggregatorTests()
    {
        aggregator = new(Options.Create(new AggregationOptions { Shards = 2 }), time);
        loop = new(aggregator, time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await loop.StopAsync(CancellationToken.None);
        loop.Dispose();
    }

    [Fact]
    public async Task Price_is_of_all_venues_and_says_which_counted()
    {
        await loop.StartAsync(Cancel);
        foreach (var (venue, price) in ((string, decimal)[])[("one", 100), ("two", 101), ("three", 102), ("four", 150)])
        {
            var intake = aggregator.Intake(new(venue)).List(Of(venue));
            Assert.True(intake.Trade(Trade(1, price, 2)));
            intake.Quote(new(Price.From(price - 0.5m), Quantity.From(1), Price.From(price + 0.5m), Quantity.From(1), null));
        }

        var view = await ViewAsync(view => view.VenuesUsed == 3);

        Assert.Equal((101, IndexQuality.Thin, 4), (view.Index, view.Quality, view.VenuesListed));
        Assert.Equal((149.5m, 100.5m, -49m), (view.BestBid, view.BestAsk, view.Spread));
        var explained = aggregator.Explain(Market)!;
        Assert.Equal(IndexRule.Methodology, explained.Methodology);
        Assert.Equal(
            [("one", VenueVerdict.Used), ("two", VenueVerdict.Used), ("three", VenueVerdict.Used), ("four", VenueVerdict.Outlier)],
            explained.Venues.Select(each => (each.Venue.Value, each.Evidence.Verdict)));
        Assert.Null(aggregator.View(MarketKey.From("BTC-BUSD")));
        Assert.Null(aggregator.Explain(MarketKey.From("BTC-USDT:PERPETUAL")));
    }

    [Fact]
    public async Task Venue_that_is_switched_off_counts_no_more_until_it_is_switched_on()
    {
        await loop.StartAsync(Cancel);
        var venue = aggregator.Intake(new("one"));
        venue.List(Of("one")).Trade(Trade(1, 100, 2));
        await ViewAsync(view => view.Quality is IndexQuality.Thin);

        venue.Stand(VenueStanding.Killed, holds: true);
        venue.List(Of("one")).Stand(VenueStanding.Desynced, holds: true);
        await ViewAsync(view => view.Quality is IndexQuality.None && view.Index is null);
        Assert.Equal(VenueVerdict.Killed, aggregator.Explain(Market)!.Venues[0].Evidence.Verdict);

        venue.Stand(VenueStanding.Killed, holds: false);
        await ViewAsync(view => aggregator.Explain(Market)!.Venues[0].Evidence.Verdict is VenueVerdict.Desynced);
        venue.List(Of("one")).Stand(VenueStanding.Desynced, holds: false);
        await ViewAsync(view => view.Quality is IndexQuality.Thin);
    }

    [Fact]
    public async Task Changes_are_told_and_whoever_is_told_less_often_gets_the_latest()
    {
        await loop.StartAsync(Cancel);
        var intake = aggregator.Intake(new("one")).List(Of("one"));
        var (told, summed) = (UntilAsync(aggregator.DeltasAsync(Cancel)), UntilAsync(aggregator.SummariesAsync(Cancel)));
        for (var id = 1; id <= 30; id++)
        {
            intake.Trade(Trade(id, 100 + id, 1));
            await ViewAsync(view => view.Last == 100 + id);
        }

        await Eventually.IsTrueAsync("both were told", Deadline, _ => Task.FromResult(Wind() && told.IsCompleted && summed.IsCompleted), Cancel);
        Assert.InRange((await summed).Count, 1, (await told).Count);

        // The last prices that were told, up to the last there is.
        static async Task<List<decimal?>> UntilAsync(IAsyncEnumerable<MarketDelta[]> tellings)
        {
            List<decimal?> lasts = [];
            await foreach (var telling in tellings)
            {
                lasts.Add(Assert.Single(telling).View.Last);
                if (lasts[^1] == 130)
                    break;
            }

            Assert.Equal(lasts.Distinct().Order(), lasts);
            return lasts;
        }
    }

    [Fact]
    public async Task Burst_of_quotes_keeps_the_last_and_no_trade_of_a_burst_is_lost()
    {
        var intake = aggregator.Intake(new("one")).List(Of("one"));
        for (var id = 1; id <= 200_000; id++)
        {
            Assert.True(intake.Trade(Trade(id, 100, 1)));
            intake.Quote(new(Price.From(99), Quantity.From(id), Price.From(101), Quantity.From(1), null));
        }

        await loop.StartAsync(Cancel);

        var view = await ViewAsync(view => view.BestBidQuantity == 200_000);
        Assert.Equal(200_000, view.Minute.Trades);
        Assert.Equal(200_000, intake.Mark!.Value.Id);
    }

    [Fact]
    public async Task What_has_too_many_places_or_is_worth_too_much_is_left_out_and_counted()
    {
        await loop.StartAsync(Cancel);
        var intake = aggregator.Intake(new("one")).List(Of("one"), MarketScale.From(2, 2));

        Assert.True(intake.Trade(Trade(1, 100.001m, 1)));
        Assert.True(intake.Trade(Trade(2, 1_000_000_000_000, 1_000_000_000_000)));
        Assert.True(intake.Trade(Trade(3, 100.01m, 1)));

        Assert.Equal(1, (await ViewAsync(view => view.Last is not null)).Minute.Trades);
        Assert.Equal(2, intake.Misfits);
    }

    [Fact]
    public async Task Hundredfold_jump_of_the_only_venue_waits_for_a_person()
    {
        await loop.StartAsync(Cancel);
        var intake = aggregator.Intake(new("one")).List(Of("one"));
        intake.Trade(Trade(1, 100, 1));
        await ViewAsync(view => view.Index == 100);

        intake.Trade(Trade(2, 20_000, 1));
        await ViewAsync(view => view is { Index: 100, Quality: IndexQuality.Disputed });

        Assert.True(aggregator.Confirm(Market));
        await ViewAsync(view => view.Index == 20_000);
        Assert.False(aggregator.Confirm(MarketKey.From("BTC-EUR")));
    }

    private PublicTrade Trade(long id, decimal price, decimal quantity) =>
        new(id, Price.From(price), Quantity.From(quantity), TakerSide.Buy, time.GetUtcNow());

    private static Instrument Of(string venue) => new(
        new(venue), "BTCUSDT", Market.Market, InstrumentKind.Spot,
        new(
            Market.Market, new(0.01m, 0, 0), new(Quantity.From(0.001m), default, default), new(default, default, default),
            NotionalRules.None, 8, 2),
        IsTrading: true, Fees: new(0.001m, 0.001m));

    private bool Wind()
    {
        time.Advance(TimeSpan.FromMilliseconds(50));
        return true;
    }

    private async Task<MarketView> ViewAsync(Func<MarketView, bool> isSo)
    {
        await Eventually.IsTrueAsync("the view is so", Deadline, _ =>
        {
            Wind();
            return Task.FromResult(aggregator.View(Market) is { } now && isSo(now));
        }, Cancel);
        return aggregator.View(Market)!.Value;
    }
}
