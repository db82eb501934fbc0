using Platform.Domain.Markets.Fetching;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Fetching.Economy;

/// <summary>One statistical series, as its publisher calls it.</summary>
/// <param name="Type">Of the fetcher: "macro.bonds".</param>
/// <param name="Code">"DGS10".</param>
/// <param name="Unit">As the publisher counts.</param>
/// <param name="Gaps">How its value dates follow each other.</param>
public sealed record EconomySeries(string Type, string Code, string Summary, string Unit, GapRule Gaps)
{
    // Publishers are a day or some weeks behind the value date, and statistics are asked for every few hours.
    internal FetcherTerms TermsOf(FetchBudget budget, string source, string address, Licence licence, bool needsKey = false) => new(
        FetcherId.Of(Type, $"{source}/{Code}"), Summary, address, FetchSchedule.Every(TimeSpan.FromHours(6)), budget, licence,
        StaleAfter: TimeSpan.FromDays(2), Gaps, Parser: 1, RawKept: TimeSpan.FromDays(400), NeedsKey: needsKey);

    /// <summary>What is behind a plain number, a point or nothing.</summary>
    /// <param name="add">Takes the observation, or why there is none.</param>
    internal void Read(
        string subject, string period, string value, DateTimeOffset publishedAt, Action<Fact> add, Action<RejectedFact> reject)
    {
        // FRED writes a point, others nothing or two points, for a day without a value.
        if (value is "" or "." or ".." or "NaN")
            add(new(subject, StatisticalPeriod.StartOf(period), publishedAt, new Observation(Value: null, Unit)));
        else if (ExactDecimal.TryParse(value, out var number))
            add(new(subject, StatisticalPeriod.StartOf(period), publishedAt, new Observation(number, Unit)));
        else
            reject(new($"{subject} {period}", $"'{value}' is no plain decimal."));
    }
}
