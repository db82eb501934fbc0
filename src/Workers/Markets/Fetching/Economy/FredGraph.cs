using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Economy;

/// <summary>
/// The same publisher's series as its charts load them: a CSV without a key and without vintages. A value is known since it was
/// first seen here.
/// </summary>
public sealed class FredGraph(FetchClient client, EconomySeries series) : IFetcher
{
    private const string Source = "fred-graph";
    private const string Documented = "https://fred.stlouisfed.org";

    public FetcherTerms Terms { get; } = series.TermsOf(
        new(Source, CallsMax: 30, TimeSpan.FromMinutes(1)), Source, $"{Documented}/graph/fredgraph.csv?id={series.Code}",
        new("FRED terms of use", "Source: FRED, Federal Reserve Bank of St. Louis; not endorsed or certified by it."));

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) => new(
    [
        new FetchCall(series.Code, stop => client.AskAsync(
            new(Source, $"{client.AddressOf(Source, Documented)}/graph/fredgraph.csv?id={series.Code}"), stop)),
    ]);

    public ParsedFacts Parse(RawAnswer raw)
    {
        List<Fact> facts = [];
        List<RejectedFact> rejected = [];
        foreach (var row in Csv.Rows(raw.Body, raw.About))
        {
            // The first column was DATE until 2024 and is observation_date since.
            var period = row.TryGetValue("observation_date", out var date) ? date : row["DATE"];
            series.Read(raw.About, period, row[raw.About], raw.At, facts.Add, rejected.Add);
        }

        return new(facts, rejected);
    }
}
