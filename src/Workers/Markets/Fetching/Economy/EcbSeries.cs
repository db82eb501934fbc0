using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Economy;

/// <summary>A series of the European Central Bank's data portal, as CSV. Its vintages are not asked for: known since first seen here.</summary>
/// <param name="key">The series key behind its data flow: "FM/D.U2.EUR.4F.KR.DFR.LEV".</param>
public sealed class EcbSeries(FetchClient client, EconomySeries series, string key) : IFetcher
{
    private const string Source = "ecb";
    private const string Documented = "https://data-api.ecb.europa.eu";

    // After the first time, what may still be revised.
    private static readonly TimeSpan Revised = TimeSpan.FromDays(400);

    public FetcherTerms Terms { get; } = series.TermsOf(
        new(Source, CallsMax: 60, TimeSpan.FromMinutes(1)), Source, $"{Documented}/service/data/{key}?format=csvdata",
        new("ECB terms of reuse", "Source: European Central Bank."));

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        var start = stand.Position is { } position
            ? $"&startPeriod={StatisticalPeriod.Of(StatisticalPeriod.StartOf(position) - Revised)}"
            : string.Empty;
        var address = $"{client.AddressOf(Source, Documented)}/service/data/{key}?format=csvdata{start}";
        return new(
        [
            new FetchCall(series.Code, stop => client.AskAsync(new(Source, address), stop))
            {
                PositionAfter = raw => StatisticalPeriod.Of(raw.At),
            },
        ]);
    }

    public ParsedFacts Parse(RawAnswer raw)
    {
        List<Fact> facts = [];
        List<RejectedFact> rejected = [];
        foreach (var row in Csv.Rows(raw.Body, "TIME_PERIOD", "OBS_VALUE"))
            series.Read(raw.About, row["TIME_PERIOD"], row["OBS_VALUE"], raw.At, facts.Add, rejected.Add);
        return new(facts, rejected);
    }
}
