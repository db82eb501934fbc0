using System.Text.Json;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Economy;

/// <summary>
/// A series of the Federal Reserve Bank of St. Louis with all its vintages (ALFRED): each value with the day on which it
/// was published, so that a backtest can read what was known then. Key: the secret <c>fetch.fred</c> <c>key</c>.
/// </summary>
public sealed class FredSeries(FetchClient client, EconomySeries series) : IFetcher
{
    private const string Source = "fred";
    private const string Documented = "https://api.stlouisfed.org";

    // The source gives at most 2,000 vintages an answer; a daily series has 260 a year.
    private const int YearsMax = 5;

    private static readonly DateTimeOffset FirstVintage = StatisticalPeriod.StartOf("1776-07-04");
    private static readonly DateTimeOffset ManyVintages = StatisticalPeriod.StartOf("2000-01-01");

    // What was asked for on a day may have been published later that day.
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(3);

    // The source tells the day alone: what was published on it is known when it is over in St. Louis.
    private static readonly TimeSpan DayEnds = TimeSpan.FromHours(30);

    public FetcherTerms Terms { get; } = series.TermsOf(
        new(Source, CallsMax: 100, TimeSpan.FromMinutes(1)), Source, $"{Documented}/fred/series/observations?series_id={series.Code}",
        new("FRED terms of use", "Source: FRED, Federal Reserve Bank of St. Louis; not endorsed or certified by it."), needsKey: true);

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        List<FetchCall> calls = [];
        var from = stand.Position is { } position ? StatisticalPeriod.StartOf(position) - Overlap : FirstVintage;
        while (from <= stand.Now)
        {
            var to = from < ManyVintages ? ManyVintages.AddDays(-1) : from.AddYears(YearsMax).AddDays(-1);
            var reached = to < stand.Now ? to : stand.Now;
            calls.Add(new(series.Code, Asking(from, to))
            {
                PositionAfter = _ => StatisticalPeriod.Of(reached), IsInOrder = true,
            });
            from = to.AddDays(1);
        }

        return new(calls);
    }

    public ParsedFacts Parse(RawAnswer raw)
    {
        using var json = JsonDocument.Parse(raw.Body);
        List<Fact> facts = [];
        List<RejectedFact> rejected = [];
        foreach (var each in json.RootElement.GetProperty("observations").EnumerateArray())
        {
            var published = StatisticalPeriod.StartOf(each.GetProperty("realtime_start").GetString()!) + DayEnds;
            series.Read(
                raw.About, each.GetProperty("date").GetString()!, each.GetProperty("value").GetString()!,
                published < raw.At ? published : raw.At, facts.Add, rejected.Add);
        }

        return new(facts, rejected);
    }

    private Func<CancellationToken, Task<ReadOnlyMemory<byte>>> Asking(DateTimeOffset from, DateTimeOffset to)
    {
        var address = $"{client.AddressOf(Source, Documented)}/fred/series/observations?series_id={series.Code}&file_type=json"
            + $"&realtime_start={StatisticalPeriod.Of(from)}&realtime_end={StatisticalPeriod.Of(to)}&limit=100000&api_key={{key}}";
        return cancellationToken => client.AskAsync(new(Source, address), cancellationToken);
    }
}
