using Platform.Domain.Trading;
using Platform.Tests.Support;

namespace Platform.Workers.Tests.Trading;

/// <summary>A venue that takes orders and answers late, never or with an error: each order is there exactly once.</summary>
public sealed class FaultyVenueTests
{
    private const int Orders = 6;

    [Theory]
    [InlineData("delay-ack=1", DoubtCause.Timeout)]
    [InlineData("drop-ack=1", DoubtCause.Timeout)]
    [InlineData("error-after-accept=1", DoubtCause.ServerError)]
    public async Task Unanswered_order_is_in_doubt_found_and_booked_once(string fault, DoubtCause cause)
    {
        await using var venue = new PaperVenueProcess { Faults = fault };
        await venue.InitializeAsync();
        // Nobody tells what happens: all that is known is what was asked for.
        await using var workers = await WorkerHost.StartAsync(
            venue, ("Platform:Venue:ApiStreamUrl", $"ws://127.0.0.1:{FreePort.Next()}"),
            ("Platform:Venue:CallTimeout", cause is DoubtCause.Timeout ? "00:00:01.5" : "00:00:30"));

        var placed = await Task.WhenAll(Enumerable.Range(1, Orders).Select(number => workers.BuyAsync(20 + number)));

        foreach (var order in placed)
        {
            var events = await workers.WhenAsync(order, "the order is settled", state => state.IsSettled);
            Assert.Equal(cause, Assert.Single(events.OfType<OrderDoubted>()).Cause);
            Assert.Equal(Evidence.Found, Assert.Single(events.OfType<OrderResolved>()).Evidence);
            Assert.Equal(1, Assert.Single(events.OfType<OrderSent>()).Attempt);
            Assert.Single(events.OfType<OrderFilled>());
            Assert.All(events.OfType<FillRecorded>(), fill => Assert.Equal(ReportSource.Query, fill.Source));
            Assert.Empty(events.OfType<OrderRejected>());
            Assert.Equal((await workers.AtVenueAsync(order)).Filled.Value, events.OfType<FillRecorded>().Sum(fill => fill.Fill.Quantity.Value));
        }
        await Venue_and_ledger_agreeAsync(workers, placed);
    }

    [Theory]
    [InlineData("Rest")]
    [InlineData("WebSocket")]
    public async Task Unanswered_order_is_cleared_up_by_the_user_stream_before_anyone_asks(string ordersBy)
    {
        await using var venue = new PaperVenueProcess { Faults = "drop-ack=0.5,error-after-accept=0.5" };
        await venue.InitializeAsync();
        await using var workers = await WorkerHost.StartAsync(venue, ("Platform:Venue:OrdersBy", ordersBy));

        var placed = await Task.WhenAll(Enumerable.Range(1, Orders).Select(number => workers.BuyAsync(20 + number)));

        foreach (var order in placed)
        {
            var events = await workers.WhenAsync(order, "the order is settled", state => state.IsSettled);
            Assert.Single(events.OfType<OrderFilled>());
            Assert.Empty(events.OfType<OrderRejected>());
        }
        await Venue_and_ledger_agreeAsync(workers, placed);
    }

    [Fact]
    public async Task Unanswered_cancel_is_cleared_up_too()
    {
        await using var venue = new PaperVenueProcess { Faults = "error-after-accept=1" };
        await venue.InitializeAsync();
        await using var workers = await WorkerHost.StartAsync(venue, ("Platform:Venue:ApiStreamUrl", $"ws://127.0.0.1:{FreePort.Next()}"));
        var order = await workers.RestAsync();
        await workers.WhenAsync(order, "the order rests", state => state is { Lifecycle: Lifecycle.Working, Doubt: null });

        Assert.Null((await workers.SendAsync(new CancelOrder(workers.Account, order))).Refusal);

        var events = await workers.WhenAsync(order, "the order is canceled", state => state.ClosedBy is CloseReason.Canceled);
        Assert.Single(events.OfType<OrderCanceled>());
        Assert.Empty(events.OfType<OrderCancelRefused>());
        Assert.Empty((await workers.LedgerAsync()).Reserved);
    }

    private static async Task Venue_and_ledger_agreeAsync(WorkerHost workers, IReadOnlyList<OrderId> placed)
    {
        var booked = (await Task.WhenAll(placed.Select(workers.EventsAsync))).SelectMany(events => events.OfType<FillRecorded>()).ToList();
        var traded = await workers.VenueTradesAsync();
        Assert.Equal(
            traded.Select(trade => (trade.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), trade.Quantity.Value)).Order(),
            booked.Select(fill => (fill.Fill.VenueTradeId, fill.Fill.Quantity.Value)).Order());
        var ledger = await workers.LedgerAsync();
        Assert.Equal(booked.Count, ledger.LastTradeNumber);
        Assert.Empty(ledger.Reserved);
    }
}
