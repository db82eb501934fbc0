using System.CommandLine;
using System.Globalization;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Projections.Trading;

namespace Platform.Audit;

/// <summary>
/// <c>audit replay --pool ID [--to TIME]</c>: a pool's orders, positions and gains, from its events alone, as they
/// stood at a time.
/// </summary>
internal static class ReplayCommand
{
    private static readonly Option<Guid> Pool = new("--pool") { Description = "The pool.", Required = true };

    private static readonly Option<DateTimeOffset?> To = new("--to")
    {
        Description = "Leave out what was recorded after this time (RFC 3339).",
    };

    public static Command Create()
    {
        var command = new Command("replay", "Rebuild a pool's orders, positions and P&L from its events alone.") { Pool, To };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var pool = PoolId.From(arguments.GetRequiredValue(Pool));
        await using var snapshot = await Snapshot.OpenAsync(arguments.ConnectionString(), cancellationToken);
        var report = await RebuildAsync(snapshot, pool, arguments.GetValue(To), cancellationToken);
        if (report.Events == 0)
        {
            throw new UsageException($"Nothing is recorded of the pool {pool} up to that time.");
        }

        if (arguments.GetValue(Settings.Json))
        {
            await Console.Out.WriteAsync(snapshot.Serializer.ToJson(report) + "\n");
        }
        else
        {
            Print(report);
        }

        return ExitCode.Good;
    }

    private static async Task<ReplayReport> RebuildAsync(
        Snapshot snapshot, PoolId pool, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var orders = ReadModels.Orders();
        var books = ReadModels.Books();
        Dictionary<Asset, decimal> marks = [];
        long events = 0, sequence = 0;
        await foreach (var e in snapshot.EventsAsync(pool.Tenant, cancellationToken))
        {
            if (e.Timestamp > to)
            {
                continue;
            }

            orders.Apply(e);
            books.Apply(e);
            if (e.Data is FillBooked { QuoteRate: { } rate } booked)
            {
                marks[booked.Symbol.Base] = booked.Fill.Price.Value * rate;
                marks[booked.Symbol.Quote] = rate;
            }

            events++;
            sequence = e.Sequence;
        }

        decimal? Mark(Asset asset) => marks.TryGetValue(asset, out var mark) ? mark : null;
        return new(
            pool, to, events, sequence,
            [.. orders.Rows.OrderBy(order => order.CreatedAt)],
            [.. books.Rows.Select(book => new AccountReplay(book, Pnl.Of(book, Mark)))]);
    }

    private static void Print(ReplayReport report)
    {
        Printer.Rows(
            $"Orders of pool {report.Pool}, up to sequence {report.Sequence}",
            ["order", "market", "side", "type", "status", "filled", "paid", "opened"],
            report.Orders.Select(order => Line(order)));
        foreach (var (book, pnl) in report.Accounts)
        {
            Printer.Rows(
                $"Positions of account {book.Id}, in {book.ReportingAsset}",
                ["asset", "quantity", "cost", "realized", "lots"],
                book.Holdings.Select(holding => Line(holding.Key, holding.Value))
                    .Prepend([book.ReportingAsset.Value, Text(book.Cash), Text(book.Cash), "-", "-"]));
            Printer.Facts(
                ("equity, at the last own fills", Text(pnl.Equity)),
                ("deposits", Text(pnl.Deposits)),
                ("realized", Text(pnl.Realized)),
                ("unrealized", Text(pnl.Unrealized)),
                ("fees expensed", Text(pnl.ExpensedFees)));
        }
    }

    private static string[] Line(OrderView order) =>
    [
        order.Id.ToString(), order.State.Terms.Symbol.Value, order.State.Terms.Side.ToString(),
        order.State.Terms.Type.ToString(), order.State.Status.ToString(), order.State.CumulativeQuantity.ToString(),
        order.State.CumulativeQuote.ToString(), order.CreatedAt.ToString("u", CultureInfo.InvariantCulture),
    ];

    private static string[] Line(string asset, Holding holding) =>
    [
        asset, Text(holding.Quantity), Text(holding.Cost), Text(holding.Realized),
        holding.Lots.Count.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Text(decimal? amount) => amount?.ToString(CultureInfo.InvariantCulture) ?? "-";
}

/// <summary>A pool as its events tell it.</summary>
/// <param name="To">Nothing recorded later was read; null when all was.</param>
/// <param name="Sequence">Of the last event read.</param>
internal sealed record ReplayReport(
    PoolId Pool, DateTimeOffset? To, long Events, long Sequence, IReadOnlyList<OrderView> Orders,
    IReadOnlyList<AccountReplay> Accounts);

/// <summary>One account: positions with their lots, and gains at the prices of the pool's own last fills.</summary>
internal sealed record AccountReplay(Book Book, Pnl Pnl);
