using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>All that a venue lists, with the rules; each change is a revision with the day from which it holds.</summary>
public sealed class InstrumentRules(VenueSource source) : IFetcher
{
    public FetcherTerms Terms { get; } = source.TermsOf(
        "exchange.instruments", "Instruments and their rules", TimeSpan.FromHours(1), kept: null, GapRule.None);

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) =>
        new([VenueSource.Call("instruments", source.MarketData.InstrumentsAsync)]);

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(VenueSource.Read<IReadOnlyList<Instrument>>(raw)
        .Select(each => new Fact(each.VenueSymbol, Fact.Standing, raw.At, new InstrumentTerms(each))));
}
