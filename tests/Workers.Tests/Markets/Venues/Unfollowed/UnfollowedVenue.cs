using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Domain.Markets;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Venues.Unfollowed;

/// <summary>A venue on loopback that gives the recorded answer, asked by the transport that all connectors share.</summary>
public sealed class UnfollowedVenue : IAsyncLifetime
{
    private LoopbackVenue? venue;
    private IHost? host;
    private (int Status, string Body) answer;

    public async ValueTask InitializeAsync()
    {
        venue = await LoopbackVenue.StartAsync(context =>
        {
            context.Response.StatusCode = answer.Status;
            return context.Response.WriteAsync(answer.Body);
        });
        host = MarketsHost.For(venue.Address);
    }

    public async ValueTask DisposeAsync()
    {
        host!.Dispose();
        await venue!.DisposeAsync();
    }

    /// <summary>The payload as it was sent, and the call as it came in.</summary>
    internal async Task<(VenueAnswer<string> Answer, string Method, string Target)> AskAsync(
        string name, IVenueProtocol protocol, VenueCall call, (int Status, string Body) answered)
    {
        answer = answered;
        var link = host!.Services.GetRequiredService<ConnectedVenues>().Home.Link with { Venue = VenueId.From(name) };
        using var transport = new VenueTransport(link, protocol);
        var told = await transport.SendAsync(call, payload => payload.GetRawText(), TestContext.Current.CancellationToken);
        var (method, target, _) = venue!.Calls.Last();
        return (told, method, target);
    }
}
