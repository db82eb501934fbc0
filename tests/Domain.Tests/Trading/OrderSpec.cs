using Platform.Domain.Markets;
using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

/// <summary>Given past events, when a command is decided, then exactly these events, or this refusal.</summary>
public abstract class OrderSpec
{
    protected static readonly PoolId Pool = PoolId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000001"));
    protected static readonly VenueId Venue = VenueId.From("paper");
    protected static readonly AccountId Account = AccountId.For(Pool, Venue);
    protected static readonly EnsureKey Key = EnsureKey.From("first-order");
    protected static readonly OrderId Id = OrderId.For(Pool, Key);
    protected static readonly ClientOrderId ClientOrder = ClientOrderId.For(Id);
    protected static readonly VenueOrderId AtVenue = VenueOrderId.From("4711");
    protected static readonly Symbol Market = Symbol.From("BTC-USDT");
    protected static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Two bitcoins for at most 100 each.</summary>
    protected static readonly OrderTerms Terms = new(
        Market, Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancel, Quantity.From(2), QuoteQuantity: null, Price.From(100));

    protected static readonly OrderIntended Intended = new(Id, Pool, Account, Venue, ClientOrder, Key, Terms, Price.From(101));
    protected static readonly OrderSent Sent = new(Id, ClientOrder, Attempt: 1, Noon);
    protected static readonly OrderDoubted Doubted = new(Id, DoubtCause.Timeout, "No answer in 5 s.");
    protected static readonly OrderResolved Found = new(Id, Evidence.Found, "The venue says New.");
    protected static readonly OrderResolved NeverArrived = new(Id, Evidence.Absent, "The venue never saw the order.");
    protected static readonly OrderAccepted Accepted = new(Id, AtVenue, Noon);
    protected static readonly OrderCancelRequested CancelRequested = new(Id);
    protected static readonly OrderCanceled Canceled = new(Id, Quantity.Zero, Noon);

    protected static Order Given(params OrderEvent[] past) =>
        past.Aggregate(default(Order), Order.Evolve) ?? throw new ArgumentException("No order yet.", nameof(past));

    protected static void Then(Decision<OrderEvent> decision, params OrderEvent[] expected) =>
        Assert.Equal(expected, Assert.IsType<Decision<OrderEvent>.Accepted>(decision).Events);

    protected static void ThenRefused(Decision<OrderEvent> decision, string code, string? field = null)
    {
        var refusal = Assert.IsType<Decision<OrderEvent>.Refused>(decision).Refusal;
        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    /// <summary>A fill of so much at 100, without a fee.</summary>
    protected static Fill Fill(string trade, decimal quantity) => new(
        ExecutionId.For(Venue, Market, trade, AtVenue, Side.Buy), trade, Quantity.From(quantity), Price.From(100),
        Notional.From(100 * quantity), new(0, Market.Quote), Liquidity.Taker, Noon);

    protected static FillRecorded Filled(string trade, decimal quantity) => new(Id, Fill(trade, quantity), ReportSource.Stream);

    /// <summary>What the venue says of the order, with those fills that this report carries.</summary>
    protected static VenueReport Report(VenueOrderState state, decimal cumulative, params Fill[] fills) =>
        new(AtVenue, state, Quantity.From(cumulative), fills, Noon, ReportSource.Stream);

    protected static VenueReply Silence(DoubtCause cause) => new VenueReply.Unknown(cause, "No answer in 5 s.");
}
