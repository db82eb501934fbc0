using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Trading;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Tests.Markets;
using Platform.Workers.Trading;

namespace Platform.Workers.Tests.Trading;

/// <summary>The venue, its stream or the platform itself is away for a while; what was ordered happens once all the same.</summary>
public sealed class OutageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_placed_while_the_venue_is_down_is_placed_once_when_it_returns()
    {
        await using var venue = new PaperVenueProcess();
        await venue.InitializeAsync();
        await using var workers = await WorkerHost.StartAsync(venue);
        await venue.KillAsync();

        var order = await workers.BuyAsync(30);
        var events = await workers.WhenAsync(order, "the order is in doubt", state => state.Doubt is not null);
        Assert.Equal(DoubtCause.Disconnected, Assert.Single(events.OfType<OrderDoubted>()).Cause);
        await venue.StartAsync(Cancel);

        events = await workers.WhenAsync(order, "the order is settled", state => state.IsSettled);
        Assert.Contains(events.OfType<OrderResolved>(), resolved => resolved.Evidence is Evidence.Absent);
        Assert.Equal(Enumerable.Range(1, events.OfType<OrderSent>().Count()), events.OfType<OrderSent>().Select(sent => sent.Attempt));
        Assert.Single(events.OfType<OrderAccepted>());
        Assert.Single(events.OfType<OrderFilled>());
        Assert.Equal(
            (await workers.VenueTradesAsync()).Sum(trade => trade.Quantity.Value), (await workers.AtVenueAsync(order)).Filled.Value);
    }

    [Fact]
    public async Task What_happens_while_the_user_stream_is_lost_is_found_by_asking()
    {
        await using var venue = new PaperVenueProcess();
        await venue.InitializeAsync();
        await using var line = new Line(venue.Address);
        await using var workers = await WorkerHost.StartAsync(venue, ("Platform:Venue:ApiStreamUrl", line.Address.ToString()));
        var listener = workers.Services.GetRequiredService<UserStreamListener>();
        await Eventually.IsTrueAsync("the stream is up", WorkerHost.Patience, _ => Task.FromResult(listener.IsConnected), Cancel);
        var order = await workers.RestAsync();
        await workers.WhenAsync(order, "the order rests", state => state.Lifecycle is Lifecycle.Working);

        line.Cut();
        await Eventually.IsTrueAsync("the stream is lost", WorkerHost.Patience, _ => Task.FromResult(!listener.IsConnected), Cancel);
        await CancelAtVenueAsync(workers, order);
        await workers.WhenAsync(order, "the order is canceled", state => state.ClosedBy is CloseReason.Canceled);

        line.Mend();
        await Eventually.IsTrueAsync("the stream is up again", WorkerHost.Patience, _ => Task.FromResult(listener.IsConnected), Cancel);
        var other = await workers.RestAsync();
        await workers.WhenAsync(other, "the other order rests", state => state.Lifecycle is Lifecycle.Working);
        await CancelAtVenueAsync(workers, other);
        Assert.Single((await workers.WhenAsync(other, "the other is canceled", state => !state.IsOpen)).OfType<OrderCanceled>());
    }

    [Fact]
    public async Task Report_told_again_changes_nothing()
    {
        await using var venue = new PaperVenueProcess();
        await venue.InitializeAsync();
        await using var workers = await WorkerHost.StartAsync(venue);
        var order = await workers.BuyAsync(40);
        var events = await workers.WhenAsync(order, "the order is settled", state => state.IsSettled);
        var ledger = await workers.LedgerAsync();
        var found = await workers.AtVenueAsync(order);
        var report = new VenueReport(
            events.OfType<OrderAccepted>().Single().VenueOrderId, VenueOrderState.Filled, found.Filled,
            [.. events.OfType<FillRecorded>().Select(happened => happened.Fill)], found.UpdatedAt, ReportSource.Stream, null);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => workers.HandleAsync(new RecordReport(workers.Account, order, report))));
        await workers.HandleAsync(new SubmitOrder(workers.Account, order));
        await workers.HandleAsync(new AskVenue(workers.Account, order));

        Assert.Equal(events.Count, (await workers.EventsAsync(order)).Count);
        Assert.Equal(ledger.LastTradeNumber, (await workers.LedgerAsync()).LastTradeNumber);
        Assert.Single((await workers.VenueTradesAsync()).Select(trade => trade.OrderId).Distinct());
    }

    [Fact]
    public async Task Platform_that_restarts_between_sending_and_hearing_asks_and_sends_no_second_order()
    {
        await using var venue = new PaperVenueProcess { Faults = "delay-ack=1" };
        await venue.InitializeAsync();
        await using var workers = await WorkerHost.StartAsync(
            venue, ("Platform:Venue:ApiStreamUrl", $"ws://127.0.0.1:{FreePort.Next()}"), ("Platform:Venue:CallTimeout", "00:00:30"));
        var order = await workers.BuyAsync(50);
        await workers.WhenAsync(order, "the order is sent", state => state.Lifecycle is Lifecycle.Sent);

        await workers.RestartAsync();

        var events = await workers.WhenAsync(order, "the order is settled", state => state.IsSettled);
        Assert.Equal(1, Assert.Single(events.OfType<OrderSent>()).Attempt);
        Assert.Single(events.OfType<OrderFilled>());
        Assert.Single((await workers.VenueTradesAsync()).Select(trade => trade.OrderId).Distinct());
        Assert.Empty((await workers.LedgerAsync()).Reserved);
    }

    // As its owner may, past the platform.
    private static async Task CancelAtVenueAsync(WorkerHost workers, OrderId order) =>
        Assert.IsType<VenueAnswer<CanceledBinanceOrder>.Answered>(await MarketsHost.Rest(workers.Services)
            .CancelOrderAsync(WorkerHost.Market, ClientOrderId.For(order).Value, Cancel));
}
