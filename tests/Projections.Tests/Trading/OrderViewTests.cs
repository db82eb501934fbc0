using JasperFx.Events;
using Platform.Domain.Markets;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Projections.Trading;

namespace Platform.Projections.Tests.Trading;

public sealed class OrderViewTests
{
    private static readonly PoolId Pool = PoolId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000001"));
    private static readonly VenueId Venue = VenueId.From("paper");
    private static readonly AccountId Account = AccountId.For(Pool, Venue);
    private static readonly EnsureKey Key = EnsureKey.From("key-1");
    private static readonly OrderId Id = OrderId.For(Pool, Key);
    private static readonly Symbol Market = Symbol.From("BTC-USDT");
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly OrderIntended Intended = new(
        Id, Pool, Account, Venue, ClientOrderId.For(Id), Key,
        new(Market, Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancel, Quantity.From(2), QuoteQuantity: null, Price.From(100)),
        IntentPrice: null);

    private static readonly OrderSent Sent = new(Id, ClientOrderId.For(Id), Attempt: 1, Noon);
    private static readonly OrderAccepted Accepted = new(Id, VenueOrderId.From("4711"), Noon);
    private static readonly OrderDoubted Doubted = new(Id, DoubtCause.Timeout, "No answer in 5 s.");
    private static readonly OrderFilled AllFilled = new(Id, Quantity.From(2), Noon);

    // Sequences 10, 20, ... and a second between facts.
    private static OrderView Row(params OrderEvent[] events) => events.Index().Aggregate(
            default(OrderView), (row, each) => new OrderViewProjection().Evolve(row, Id, Stored(each.Item, each.Index)))
        ?? throw new ArgumentException("No order yet.", nameof(events));

    private static IEvent Stored(OrderEvent happened, int index)
    {
        var stored = Event.For(happened);
        (stored.Sequence, stored.Timestamp) = (10 * (index + 1), Noon.AddSeconds(index));
        return stored;
    }

    private static FillRecorded Filled(string trade, decimal quantity, decimal fee, string asset) => new(
        Id,
        new(
            ExecutionId.For(Venue, Market, trade, VenueOrderId.From("4711"), Side.Buy), trade, Quantity.From(quantity),
            Price.From(100), Notional.From(100 * quantity), new(fee, Asset.From(asset)), Liquidity.Maker, Noon),
        ReportSource.Stream);

    [Fact]
    public void Row_begins_with_the_order()
    {
        var row = Row(Intended);

        Assert.Equal((Id, OrderStatus.Intended, true, false), (row.Id, row.State.Status, row.IsOpen, row.IsSettled));
        Assert.Equal((Noon, Noon, null), (row.CreatedAt, row.UpdatedAt, row.ClosedAt));
        Assert.Equal(10, row.Sequence);
    }

    [Fact]
    public void Row_is_none_before_the_order_is_intended() =>
        Assert.Null(new OrderViewProjection().Evolve(snapshot: null, Id, Stored(Sent, 0)));

    [Fact]
    public void Row_keeps_when_it_began_and_moves_with_every_fact()
    {
        var row = Row(Intended, Sent, Accepted);

        Assert.Equal((Noon, Noon.AddSeconds(2)), (row.CreatedAt, row.UpdatedAt));
        Assert.Equal(30, row.Sequence);
    }

    [Fact]
    public void Fees_add_up_by_asset()
    {
        var row = Row(
            Intended, Sent, Accepted, Filled("t-1", 0.5m, 0.01m, "BNB"), Filled("t-2", 0.5m, 0.001m, "BTC"),
            Filled("t-3", 0.5m, 0.02m, "BNB"));

        Assert.Equal(
            [new(0.001m, Asset.From("BTC")), new(0.03m, Asset.From("BNB"))],
            row.Fees.OrderBy(fee => fee.Amount));
    }

    [Fact]
    public void Fill_without_a_fee_adds_none() => Assert.Empty(Row(Intended, Sent, Accepted, Filled("t-1", 0.5m, 0, "BNB")).Fees);

    [Fact]
    public void Row_closes_once_and_a_late_fill_does_not_move_that()
    {
        var row = Row(Intended, Sent, Accepted, AllFilled, Filled("t-1", 2, 0.01m, "BNB"));

        Assert.Equal((Noon.AddSeconds(3), Noon.AddSeconds(4)), (row.ClosedAt, row.UpdatedAt));
        Assert.Equal((false, true), (row.IsOpen, row.IsSettled));
        Assert.Equal(new Money(0.01m, Asset.From("BNB")), Assert.Single(row.Fees));
    }

    [Fact]
    public void Row_that_waits_for_a_fill_is_closed_and_not_settled() =>
        Assert.Equal((false, false), Row(Intended, Sent, Accepted, AllFilled) is var row ? (row.IsOpen, row.IsSettled) : default);

    public static TheoryData<OrderEvent, string> Reasons => new()
    {
        { new OrderDenied(Id, "canceled_unsent", "Canceled before it was sent."), "Canceled before it was sent." },
        { new OrderRejected(Id, "-2010", "Insufficient balance."), "Insufficient balance." },
        { new OrderExpired(Id, Quantity.Zero, "STP", Noon), "STP" },
        { new OrderCancelRefused(Id, "-2011", "Not now."), "Not now." },
        { Doubted, "No answer in 5 s." },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Row_says_why(OrderEvent happened, string reason) => Assert.Equal(reason, Row(Intended, Sent, happened).Reason);

    [Fact]
    public void Reason_lasts_until_it_is_over()
    {
        Assert.Equal("No answer in 5 s.", Row(Intended, Sent, Doubted, new OrderCancelRequested(Id)).Reason);
        Assert.Null(Row(Intended, Sent, Doubted, new OrderResolved(Id, Evidence.Found, "The venue says New."), Accepted).Reason);
    }

    [Fact]
    public void Order_that_ends_well_has_no_reason_left()
    {
        var refused = new OrderCancelRefused(Id, "-2011", "Not now.");

        Assert.Null(Row(Intended, Sent, Accepted, refused, AllFilled).Reason);
        Assert.Null(Row(Intended, Sent, Accepted, refused, new OrderCanceled(Id, Quantity.Zero, Noon)).Reason);
    }
}
