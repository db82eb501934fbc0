using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Workers.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>The market of a wire format while it is followed: spot as the platform does, perpetuals, which it leaves out, by the same feed.</summary>
internal sealed class FollowedMarket : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly IHost host;
    private readonly VenueFeed? feed;
    private Task following = Task.CompletedTask;

    private FollowedMarket(IHost host, VenueFeed? feed) => (this.host, this.feed) = (host, feed);

    public MarketBoard Board => host.Services.GetRequiredService<MarketBoard>();

    public static async Task<FollowedMarket> StartAsync(IHost host, IWireFormat format, CancellationToken cancellationToken)
    {
        if (format.IsSpot)
        {
            await host.StartAsync(cancellationToken);
            return new(host, feed: null);
        }

        var services = host.Services;
        var reader = new VenueFeed(
            services.GetRequiredService<ConnectedVenues>().Home, services.GetRequiredService<MarketBoard>(), [],
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<Random>(), NullLogger.Instance);
        var followed = new FollowedMarket(host, reader);
        reader.Watch([await WireHost.InstrumentAsync(host, cancellationToken)]);
        followed.following = reader.RunAsync(followed.ending.Token);
        return followed;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
        feed?.Dispose();
        if (feed is null)
            await host.StopAsync(CancellationToken.None);
    }
}
