using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Economy;

/// <summary>Yields of US Treasury securities at constant maturity.</summary>
public static class Bonds
{
    public static IEnumerable<IFetcher> All(FetchClient client) =>
    [
        Yield(client, "DGS3MO", "US Treasury yield, 3 months"),
        Yield(client, "DGS2", "US Treasury yield, 2 years"),
        Yield(client, "DGS10", "US Treasury yield, 10 years"),
        Yield(client, "DGS30", "US Treasury yield, 30 years"),
        Yield(client, "T10Y2Y", "US Treasury yield, 10 years less 2 years"),
        Yield(client, "DFII10", "US Treasury real yield, 10 years, inflation-indexed"),
        new OecdShortRates(client),
    ];

    private static FredSeries Yield(FetchClient client, string code, string summary) =>
        new(client, new("macro.bonds", code, summary, "percent", GapRule.Weekdays));
}
