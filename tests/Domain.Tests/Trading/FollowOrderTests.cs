using Platform.Domain.Trading;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Trading;

public sealed class FollowOrderTests : AccountSpec
{
    private static readonly AccountEvent[] Funded = [Opened, Deposited(1000, Usdt), Reserved];

    private static IReadOnlyList<AccountEvent> Follow(OrderEvent happened, AccountEvent[] past, RateOf? rate = null) =>
        AccountDecider.Follow(happened, Given(Intended, Sent, Accepted, happened), GivenAccount(past), rate ?? (_ => null));

    private static FillBooked Booked(Fill fill, long number = 1, decimal? quoteRate = 1, decimal? feeRate = 1) =>
        new(Account, Id, number, Market, Side.Buy, fill, quoteRate, feeRate);

    [Fact]
    public void Fill_is_booked_under_the_next_trade_number()
    {
        Assert.Equal([Booked(Fill("t-1", 0.5m))], Follow(Filled("t-1", 0.5m), Funded));
        Assert.Equal(
            [Booked(Fill("t-2", 0.5m), number: 2)], Follow(Filled("t-2", 0.5m), [.. Funded, Booked(Fill("t-1", 0.5m))]));
    }

    [Fact]
    public void Fee_in_the_base_is_valued_at_the_price_of_the_fill()
    {
        var fill = Fill("t-1", 0.5m) with { Fee = new(0.0005m, Btc) };

        Assert.Equal([Booked(fill, feeRate: 100)], Follow(Filled("t-1", 0.5m) with { Fill = fill }, Funded, _ => 77));
    }

    [Fact]
    public void Fee_in_a_third_asset_is_valued_at_the_rate_seen_then()
    {
        var fill = Fill("t-1", 0.5m) with { Fee = new(0.01m, Bnb) };

        Assert.Equal(
            [Booked(fill, feeRate: 300)],
            Follow(Filled("t-1", 0.5m) with { Fill = fill }, Funded, asset => asset == Bnb ? 300 : null));
    }

    [Fact]
    public void Rate_that_nobody_quotes_is_left_out()
    {
        var fill = Fill("t-1", 0.5m) with { Fee = new(0.01m, Bnb) };

        Assert.Equal([Booked(fill, feeRate: null)], Follow(Filled("t-1", 0.5m) with { Fill = fill }, Funded));
    }

    [Fact]
    public void Base_that_is_the_reporting_asset_is_worth_itself()
    {
        var fill = Fill("t-1", 0.5m) with { Fee = new(0.0005m, Btc) };

        Assert.Equal(
            [Booked(fill, quoteRate: 0.009m, feeRate: 1)],
            Follow(Filled("t-1", 0.5m) with { Fill = fill }, [Opened with { ReportingAsset = Btc }], _ => 0.009m));
    }

    public static TheoryData<OrderEvent> Endings => new()
    {
        new OrderDenied(Id, "canceled_unsent", "Canceled before it was sent."),
        new OrderRejected(Id, "-2010", "No."),
        new OrderFilled(Id, Quantity.From(2), Noon),
        Canceled,
        new OrderExpired(Id, Quantity.Zero, "The venue never saw the order.", Noon),
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void End_of_the_order_frees_what_it_still_holds(OrderEvent end)
    {
        Assert.Equal([Released], Follow(end, Funded));
        Assert.Equal(1000, GivenAccount([.. Funded, Released]).AvailableOf(Usdt));
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void End_of_an_order_that_holds_nothing_moves_nothing(OrderEvent end) => Assert.Empty(Follow(end, [.. Funded, Released]));

    [Fact]
    public void Doubt_keeps_the_funds_held()
    {
        Assert.Empty(Follow(Doubted, Funded));
        Assert.Empty(Follow(NeverArrived, Funded));
        Assert.Empty(Follow(CancelRequested, Funded));
    }

    [Fact]
    public void Fill_is_paid_out_of_the_orders_own_reservation()
    {
        var account = GivenAccount([.. Funded, Booked(Fill("t-1", 0.5m))]);

        Assert.Equal(
            (950, 150, 800, 0.5m),
            (account.BalanceOf(Usdt), account.ReservedOf(Usdt), account.AvailableOf(Usdt), account.BalanceOf(Btc)));
    }

    [Fact]
    public void Late_fill_after_the_release_is_paid_out_of_the_balance()
    {
        var account = GivenAccount([.. Funded, Released, Booked(Fill("t-1", 0.5m))]);

        Assert.Equal((950, 0, 950), (account.BalanceOf(Usdt), account.ReservedOf(Usdt), account.AvailableOf(Usdt)));
    }

    [Fact]
    public void Fill_dearer_than_the_reservation_spends_no_more_than_all_of_it() => Assert.Equal(
        0, GivenAccount([.. Funded, Booked(Fill("t-1", 2) with { QuoteQuantity = Notional.From(250) })]).ReservedOf(Usdt));

    // The venue rounds its quote quantity: of a fill small enough nothing is left.
    [Fact]
    public void Fill_worth_nothing_moves_its_base_alone()
    {
        var account = GivenAccount([.. Funded, Booked(Fill("t-1", 0.00000001m) with { QuoteQuantity = Notional.Zero })]);

        Assert.Equal((1000, 200, 0.00000001m), (account.BalanceOf(Usdt), account.ReservedOf(Usdt), account.BalanceOf(Btc)));
    }

    [Fact]
    public void Fill_moves_what_is_paid_then_what_is_received_then_the_fee()
    {
        var fill = Fill("t-1", 0.5m) with { Fee = new(0.01m, Bnb) };

        Assert.Equal([new(-50, Usdt), new(0.5m, Btc), new(-0.01m, Bnb)], Postings.Of(Booked(fill)));
        Assert.Equal([new(-0.5m, Btc), new(50, Usdt), new(-0.01m, Bnb)], Postings.Of(Booked(fill) with { Side = Side.Sell }));
    }
}
