using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>Whether a venue takes orders; each change is a revision.</summary>
public sealed class VenueConditions(VenueSource source) : IFetcher
{
    public FetcherTerms Terms { get; } = source.TermsOf(
        "exchange.status", "What the venue takes now", TimeSpan.FromSeconds(30), kept: null, GapRule.None);

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) =>
        new([VenueSource.Call("status", source.MarketData.StatusAsync)]);

    public ParsedFacts Parse(RawAnswer raw)
    {
        var status = VenueSource.Read<VenueStatus>(raw);
        return ParsedFacts.Of([new(source.Venue.Value, Fact.Standing, raw.At, new VenueCondition(status.State, status.Message))]);
    }
}
