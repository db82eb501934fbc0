using Platform.PaperVenue.Matching;
using Platform.PaperVenue.Protocol;

namespace Platform.PaperVenue.Streams;

/// <summary>What one command has to tell, made before it is stored and told after.</summary>
/// <param name="Symbol">The market concerned; null when no market's events are in it.</param>
/// <param name="At">Unix milliseconds.</param>
public sealed record Publication(
    string? Symbol, IReadOnlyList<EngineEvent> Events, IReadOnlyList<ExecutionReport> Reports, long At)
{
    public static Publication Of(IReadOnlyList<EngineEvent> events, Sequence executions, long at)
    {
        var reports = new List<ExecutionReport>();
        string? symbol = null;
        foreach (var happened in events)
        {
            symbol ??= SymbolOf(happened);
            reports.AddRange(ReportsOf(happened, executions));
        }
        return new(symbol, events, reports, at);
    }

    public IEnumerable<IGrouping<long, BalanceChanged>> UserBalances => Events
        .OfType<BalanceChanged>()
        .Where(change => Accounts.IsUser(change.AccountId))
        .GroupBy(change => change.AccountId);

    private static string? SymbolOf(EngineEvent happened) => happened switch
    {
        LevelChanged e => e.Instrument.Symbol,
        OrdersTraded e => e.Trade.Instrument.Symbol,
        _ => null,
    };

    private static IEnumerable<ExecutionReport> ReportsOf(EngineEvent happened, Sequence executions)
    {
        IEnumerable<ExecutionReport> reports = happened switch
        {
            OrderEntered e => [new(e.Order, "NEW", 0, null, null, null)],
            OrdersTraded e =>
            [
                new(e.Taker, "TRADE", 0, e.Trade, null, null),
                new(e.Maker, "TRADE", 0, e.Trade, null, null),
            ],
            OrderCanceled e => [new(e.Order, "CANCELED", 0, null, e.CancelClientOrderId, null)],
            OrderExpired e => [new(e.Order, "EXPIRED", 0, null, null, null)],
            TradePrevented e => [new(e.Order, "TRADE_PREVENTION", 0, null, null, e)],
            _ => [],
        };
        return reports
            .Where(report => Accounts.IsUser(report.Order.AccountId))
            .Select(report => report with { ExecutionId = executions.Next() });
    }
}
