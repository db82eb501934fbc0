using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Economy;

/// <summary>What central banks set, and the overnight rates that follow it.</summary>
public static class PolicyRates
{
    private const string Type = "macro.policy-rate";

    public static IEnumerable<IFetcher> All(FetchClient client) =>
    [
        new FredSeries(client, Of("DFF", "Effective federal funds rate, daily", GapRule.Each(TimeSpan.FromDays(1)))),
        new FredSeries(client, Of("FEDFUNDS", "Effective federal funds rate, monthly", GapRule.Months)),
        new FredSeries(client, Of("DFEDTARU", "Federal funds target range, upper limit", GapRule.Each(TimeSpan.FromDays(1)))),
        new FredSeries(client, Of("DFEDTARL", "Federal funds target range, lower limit", GapRule.Each(TimeSpan.FromDays(1)))),
        new FredSeries(client, Of("SOFR", "Secured overnight financing rate", GapRule.Weekdays)),
        new FredSeries(client, Of("IORB", "Interest on reserve balances", GapRule.Each(TimeSpan.FromDays(1)))),
        new FredGraph(client, Of("PCREDIT8", "Primary credit rate (discount window)", GapRule.None)),
        new EcbSeries(client, Of("DFR", "ECB deposit facility rate", GapRule.Each(TimeSpan.FromDays(1))), "FM/D.U2.EUR.4F.KR.DFR.LEV"),
        new BankOfEnglandSeries(client, Of("IUDBEDR", "Bank of England official bank rate", GapRule.Weekdays)),
    ];

    private static EconomySeries Of(string code, string summary, GapRule gaps) => new(Type, code, summary, "percent", gaps);
}
