using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Economy;

/// <summary>Prices in the United States: what they were by each publication, and what the bond market expects.</summary>
public static class Inflation
{
    private const string Type = "macro.inflation";

    public static IEnumerable<IFetcher> All(FetchClient client) =>
    [
        new FredSeries(client, Index("CPIAUCSL", "Consumer price index, all items")),
        new FredSeries(client, Index("CPILFESL", "Consumer price index without food and energy")),
        new FredSeries(client, Index("PCEPI", "Personal consumption expenditures price index")),
        new FredSeries(client, Index("PCEPILFE", "Personal consumption expenditures price index without food and energy")),
        new FredSeries(client, new(Type, "T10YIE", "Ten-year breakeven inflation rate", "percent", GapRule.Weekdays)),
    ];

    private static EconomySeries Index(string code, string summary) => new(Type, code, summary, "index", GapRule.Months);
}
