using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Markets;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Tests.Markets;
using Platform.Workers.Trading;

namespace Platform.Workers.Tests.Trading;

/// <summary>
/// An order that the venue does not know some seconds after it was recorded as sent is sent again: by then the first one must have
/// left, or never leave.
/// </summary>
public sealed class LateOrderTests
{
    private static readonly Symbol Market = Symbol.From("BTC-USDT");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 0)]
    public async Task Order_leaves_at_once_or_not_at_all(int secondsAgo, int arrived)
    {
        await using var venue = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(HealingHost.Instruments, Cancel));
        var time = new FakeTimeProvider(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        using var host = MarketsHost.For(venue.Address, time);
        var catalog = host.Services.GetRequiredService<MarketCatalog>();
        await catalog.StartAsync(Cancel);
        await catalog.ReadyAsync(VenueId.From("paper")).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        await catalog.StopAsync(Cancel);
        var entry = new OrderEntry(
            host.Services.GetRequiredService<ConnectedVenues>(), catalog, host.Services.GetRequiredService<KillSwitches>());

        var reply = await entry.SubmitAsync(SentAt(time.GetUtcNow().AddSeconds(-secondsAgo)), Cancel);

        Assert.IsType<VenueReply.Unknown>(reply);
        Assert.Equal(arrived, venue.Calls.Count(call => call is ("POST", "/api/v3/order", _)));
    }

    private static Order SentAt(DateTimeOffset at)
    {
        var (pool, venue, key) = (PoolId.From(Guid.CreateVersion7(at)), VenueId.From("paper"), EnsureKey.From("late"));
        var id = OrderId.For(pool, key);
        var intended = new OrderIntended(
            id, pool, AccountId.For(pool, venue), venue, ClientOrderId.For(id), key,
            new(Market, Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancel, Quantity.From(1), null, Price.From(20_000)), IntentPrice: null);
        return Order.Evolve(Order.Evolve(null, intended), new OrderSent(id, intended.ClientOrderId, 1, at))!;
    }
}
