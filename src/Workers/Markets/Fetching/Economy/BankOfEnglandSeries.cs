using System.Globalization;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Economy;

/// <summary>A series of the Bank of England's statistical database, as CSV. Known since first seen here.</summary>
public sealed class BankOfEnglandSeries(FetchClient client, EconomySeries series) : IFetcher
{
    private const string Source = "boe";
    private const string Documented = "https://www.bankofengland.co.uk";
    private const string Path = "/boeapps/database/_iadb-fromshowcolumns.asp";

    private static readonly DateTimeOffset First = StatisticalPeriod.StartOf("1975-01-01");
    private static readonly TimeSpan Revised = TimeSpan.FromDays(400);

    public FetcherTerms Terms { get; } = series.TermsOf(
        new(Source, CallsMax: 10, TimeSpan.FromMinutes(1)), Source, $"{Documented}{Path}?csv.x=yes&SeriesCodes={series.Code}",
        new("OGL-UK-3.0", "Source: Bank of England."));

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        var from = stand.Position is { } position ? StatisticalPeriod.StartOf(position) - Revised : First;
        var start = from.UtcDateTime.ToString("dd/MMM/yyyy", CultureInfo.InvariantCulture);
        var address = $"{client.AddressOf(Source, Documented)}{Path}?csv.x=yes&Datefrom={start}&Dateto=now"
            + $"&SeriesCodes={series.Code}&CSVF=TN&UsingCodes=Y&VPD=Y&VFD=N";
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
        foreach (var row in Csv.Rows(raw.Body, "DATE", raw.About))
            series.Read(raw.About, row["DATE"], row[raw.About], raw.At, facts.Add, rejected.Add);
        return new(facts, rejected);
    }
}
