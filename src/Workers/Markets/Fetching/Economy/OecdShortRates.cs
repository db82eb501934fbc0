using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Economy;

/// <summary>Short-term interest rates of five areas by the OECD, as its portal exports them; by month, quarter and year.</summary>
public sealed class OecdShortRates(FetchClient client) : IFetcher
{
    private const string Source = "oecd";
    private const string Documented = "https://stats.oecd.org";
    private const string Path = "/sdmx-json/data/DP_LIVE/USA+EA19+GBR+JPN+CHE.STINT.TOT.PC_PA.A+Q+M/OECD?contentType=csv&detail=code&separator=comma&csv-lang=en";

    // Months, quarters and years in one answer follow each other by no single rule.
    private static readonly EconomySeries Series = new("macro.bonds", "STINT", "Three-month interbank rates of five areas", "percent", GapRule.None);

    public FetcherTerms Terms { get; } = Series.TermsOf(
        new(Source, CallsMax: 20, TimeSpan.FromHours(1)), Source, Documented + Path, new("CC-BY-4.0", "Source: OECD."));

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) => new(
    [
        new FetchCall(Series.Code, stop => client.AskAsync(new(Source, client.AddressOf(Source, Documented) + Path), stop)),
    ]);

    public ParsedFacts Parse(RawAnswer raw)
    {
        List<Fact> facts = [];
        List<RejectedFact> rejected = [];
        foreach (var row in Csv.Rows(raw.Body, "LOCATION", "INDICATOR", "SUBJECT", "MEASURE", "FREQUENCY", "TIME", "Value"))
            Series.Read(
                $"{row["LOCATION"]}.{row["INDICATOR"]}.{row["SUBJECT"]}.{row["MEASURE"]}.{row["FREQUENCY"]}", row["TIME"], row["Value"],
                raw.At, facts.Add, rejected.Add);
        return new(facts, rejected);
    }
}
