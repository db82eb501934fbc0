using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Tests.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Registry;

/// <summary>A venue where people stopped trading: nothing is suggested that nobody may send.</summary>
public sealed class StoppedTradingTests
{
    private static readonly VenueId Venue = VenueId.From("paper");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_route_leads_to_a_venue_where_trading_is_stopped()
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, HealingHost.Instruments);
        using var host = MarketsHost.For(venue.Address);
        var catalog = host.Services.GetRequiredService<MarketCatalog>();
        await catalog.StartAsync(Cancel);
        await catalog.ReadyAsync(Venue).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        await catalog.StopAsync(Cancel);

        Assert.True(IsOnRoute());
        MarketsHost.Know(host, new Killable(Venue, VenueActivity.Withdraw));
        Assert.True(IsOnRoute());
        MarketsHost.Know(host, new Killable(Venue, VenueActivity.Trade));
        Assert.False(IsOnRoute());

        bool IsOnRoute() => Assert.Single(host.Services.GetRequiredService<MarketVenues>().ForRoute(
            WireHost.Market, levels: 1, new(new HashSet<VenueId>(), new Dictionary<VenueId, decimal>(), new Dictionary<VenueId, decimal>()))).IsTrading;
    }
}
