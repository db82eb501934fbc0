using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Economy;

/// <summary>How much money there is, and how long the central bank's balance sheet.</summary>
public static class MoneySupply
{
    private const string Type = "macro.money";

    private static readonly GapRule Weeks = GapRule.Each(TimeSpan.FromDays(7));

    public static IEnumerable<IFetcher> All(FetchClient client) =>
    [
        new FredSeries(client, new(Type, "M2SL", "US M2, seasonally adjusted", "USD bn", GapRule.Months)),
        new FredSeries(client, new(Type, "WM2NS", "US M2, weekly, not adjusted", "USD bn", Weeks)),
        new FredSeries(client, new(Type, "WALCL", "Federal Reserve total assets", "USD mn", Weeks)),
        new EcbSeries(client, new(Type, "M3", "Euro area M3", "EUR mn", GapRule.Months), "BSI/M.U2.Y.V.M30.X.1.U2.2300.Z01.E"),
    ];
}
