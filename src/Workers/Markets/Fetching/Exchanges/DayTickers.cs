using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>A venue's own summaries of the last 24 hours.</summary>
public sealed class DayTickers(VenueSource source) : IFetcher
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public FetcherTerms Terms { get; } = source.TermsOf(
        "exchange.tickers", "24-hour figures of followed markets", Every, kept: TimeSpan.FromDays(30), GapRule.Each(Every * 3));

    public async ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        var followed = await source.FollowedAsync(InstrumentKind.Spot, cancellationToken);
        return [VenueSource.Call("days", async stop => (await source.MarketData.DaysAsync(followed, stop))
            .Map(days => days.Select(day => new MarketDay(day.Instrument.Market.Value, day.Day)).ToList()))];
    }

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(VenueSource.Read<IReadOnlyList<MarketDay>>(raw)
        .Select(each => new Fact(each.Market, each.Day.At, raw.At, new DayFigures(each.Day))));

    private sealed record MarketDay(string Market, DaySummary Day);
}
