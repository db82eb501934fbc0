using CsCheck;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class OrderReportProperties : AccountSpec
{
    private static readonly AccountEvent[] Funded =
    [
        Opened, Deposited(1_000_000, Usdt), Deposited(20, Btc, 40_000), Deposited(15, Btc, 60_000), Deposited(5, Bnb, 250),
        new FundsReserved(Account, Id, new(500, Usdt)),
    ];

    // What the order may already have been through before the first report comes.
    private static readonly Gen<OrderEvent[]> Starts = Gen.OneOf<OrderEvent[]>(
        [Sent], [Sent, Doubted], [Sent, CancelRequested], [Sent, Doubted, CancelRequested], [Sent, Doubted, NeverArrived, Sent with { Attempt = 2 }]);

    [Fact]
    public void Any_order_and_any_number_of_the_same_reports_leave_the_same_order_and_the_same_money() =>
        Gen.Select(OrderHistory.Any, Starts, Gen.Int[0, 999].Array[0, 12], Gen.Int.Array[40]).Sample((history, start, repeats, keys) =>
        {
            var begun = Begin(history, start);
            var inOrder = Told(begun, history.Complete);
            VenueReport[] more = [.. history.Complete, .. repeats.Select(pick => history.Possible[pick % history.Possible.Count])];
            var shuffled = Told(begun, more.Select((report, index) => (report, index)).OrderBy(each => keys[each.index]).Select(each => each.report));

            AssertAlike(inOrder, shuffled);
            Assert.Equal(history.Fills.Count, shuffled.Happened.OfType<FillRecorded>().Count());
            Assert.Equal(history.Fills.Count, shuffled.Account.LastTradeNumber);
            Assert.Equal(history.End is null, shuffled.Order!.IsOpen);
            Assert.Equal(history.End is not null, shuffled.Order.IsSettled);
        }, iter: 2000);

    [Fact]
    public void Same_reports_once_more_make_no_new_event() =>
        Gen.Select(OrderHistory.Any, Starts).Sample((history, start) =>
        {
            var told = Told(Begin(history, start), history.Complete);

            Assert.Equal(told.Happened, Told(told, history.Possible).Happened);
        }, iter: 500);

    [Fact]
    public void Closed_order_hears_only_of_late_fills() =>
        Gen.Select(OrderHistory.Any, Gen.Int.Array[20]).Sample((history, keys) =>
        {
            var reports = history.Complete.Select((report, index) => (report, index)).OrderBy(each => keys[each.index]);
            var told = Told(Begin(history, [Sent]), reports.Select(each => each.report));

            var closing = told.Happened.Index().FirstOrDefault(each =>
                each.Item is OrderFilled or OrderCanceled or OrderExpired or OrderRejected, (Index: int.MaxValue, Item: Sent)).Index;
            Assert.All(told.Happened.Index().Where(each => each.Index > closing), each => Assert.IsType<FillRecorded>(each.Item));
        }, iter: 500);

    // The reports of two histories under one name: more than the order asked for, as only a broken venue would tell.
    [Fact]
    public void Never_more_is_filled_than_was_asked() =>
        Gen.Select(OrderHistory.Any, OrderHistory.Any, Gen.Int.Array[60]).Sample((history, other, keys) =>
        {
            VenueReport[] reports = [.. history.Possible, .. other.Possible.Select(Renamed)];
            var order = Told(Begin(history, [Sent]), reports.Select((report, index) => (report, index))
                .OrderBy(each => keys[each.index % keys.Length]).Select(each => each.report)).Order!;

            Assert.True(history.Terms.Quantity is not { } asked || order.CumulativeQuantity <= asked);
            Assert.True(history.Terms.QuoteQuantity is not { } worth || order.CumulativeQuote.Value <= worth.Value);
        }, iter: 1000);

    private static VenueReport Renamed(VenueReport report) => report with
    {
        Fills = [.. report.Fills.Select(fill => fill with
        {
            ExecutionId = ExecutionId.For(Venue, Market, "other-" + fill.VenueTradeId, AtVenue, Side.Buy),
        })],
    };

    private static Desk Begin(OrderHistory history, OrderEvent[] start) =>
        Desk.Open(Funded).With([Intended with { Terms = history.Terms }, .. start], Rate);

    private static Desk Told(Desk desk, IEnumerable<VenueReport> reports) =>
        reports.Aggregate(desk, (told, report) => told.With(OrderDecider.Decide(report, told.Order!), Rate));

    private static decimal? Rate(Asset asset) => asset == Bnb ? 300 : null;

    private static void AssertAlike(Desk expected, Desk actual)
    {
        Assert.Equal(expected.Order! with { Executions = [] }, actual.Order! with { Executions = [] });
        Assert.True(expected.Order.Executions.SetEquals(actual.Order.Executions));
        Assert.Equal(
            expected.Account.Posted.OrderBy(each => each.Key.Value, StringComparer.Ordinal),
            actual.Account.Posted.OrderBy(each => each.Key.Value, StringComparer.Ordinal));
        Assert.Equal(expected.Account.Reserved, actual.Account.Reserved);
        Assert.Equal(Totals(expected.Book), Totals(actual.Book));
        Assert.Equal(expected.Book.Fees, actual.Book.Fees);
    }

    // Which fill a lot's last rounded digit goes to depends on their order; gain less cost together do not.
    private static (decimal, decimal, decimal, string) Totals(Book book) => (
        book.Cash, book.ExpensedFees, book.Realized - book.Holdings.Values.Sum(holding => holding.Cost),
        string.Join(' ', book.Holdings.Select(each => $"{each.Key} {each.Value.Quantity / 1.0000000000000000000000000000m}")));
}
