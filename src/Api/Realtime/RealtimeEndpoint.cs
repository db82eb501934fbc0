using Microsoft.AspNetCore.Http.Connections;
using Platform.Api.Identity;
using Platform.Domain.Identity;

namespace Platform.Api.Realtime;

/// <summary>Where the hub is reached.</summary>
public static class RealtimeEndpoint
{
    // Unsent bytes of one connection before its pump has to wait.
    private const int TransportBytesMax = 64 * 1024;

    extension(IEndpointRouteBuilder app)
    {
        /// <summary>
        /// The hub, over WebSockets only. Anyone may connect: each topic is decided on its own, and a foreign page
        /// gains nothing, for no cookie speaks for the user.
        /// </summary>
        public HubEndpointConventionBuilder MapRealtime() =>
            app.MapHub<RealtimeHub>("/hub", connection =>
            {
                connection.Transports = HttpTransportType.WebSockets;
                connection.TransportMaxBufferSize = TransportBytesMax;
                connection.ApplicationMaxBufferSize = TransportBytesMax;
            }).Requires(OpenPermissions.Connect);
    }
}
