using Microsoft.AspNetCore.Http.Connections;
using Platform.Api.Identity;
using Platform.Domain.Identity;

namespace Platform.Api.Realtime;

/// <summary>Where the hub is reached.</summary>
public static class RealtimeEndpoint
{
    private const string OriginsSetting = "Platform:Origins";

    // Unsent bytes of one connection before its pump has to wait.
    private const int TransportBytesMax = 64 * 1024;

    extension(IEndpointRouteBuilder app)
    {
        /// <summary>
        /// The hub, over WebSockets only. Anyone may connect without a token: each topic is decided on its own. A token that
        /// is not good, or a page of another origin, is turned away before the upgrade.
        /// </summary>
        public IEndpointConventionBuilder MapRealtime()
        {
            var hub = app.MapHub<RealtimeHub>("/hub", connection =>
            {
                connection.Transports = HttpTransportType.WebSockets;
                connection.TransportMaxBufferSize = TransportBytesMax;
                connection.ApplicationMaxBufferSize = TransportBytesMax;
            });
            hub.Add(endpoint =>
            {
                if (endpoint.RequestDelegate is { } next)
                    endpoint.RequestDelegate = http => AdmitAsync(http, next);
            });
            // Of the other verbs the first is to negotiate, and the framework maps the hub to all there are.
            return hub.Takes(HttpMethods.Get, HttpMethods.Post)
                .Refuses(StatusCodes.Status401Unauthorized, "token_invalid").Refuses(StatusCodes.Status403Forbidden, "origin_not_allowed")
                .Requires(OpenPermissions.Connect);
        }
    }

    private static Task AdmitAsync(HttpContext http, RequestDelegate next)
    {
        if (!IsOurPage(http))
            return TypedResults.Problem(Problems.Details(
                new("origin_not_allowed", "Pages of that origin may not connect."), StatusCodes.Status403Forbidden)).ExecuteAsync(http);

        var isGood = http.Request.BearerToken is not { } token
            || http.RequestServices.GetRequiredService<VerifyToken>()(token, http.Connection.RemoteIpAddress) is not null;
        return isGood ? next(http) : TokenProblems.From(TokenFault.Malformed).ExecuteAsync(http);
    }

    // A browser names the page's origin at every WebSocket handshake, and lets no page change it (RFC 6455 10.2). Other
    // clients name none.
    private static bool IsOurPage(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return true;

        return (Uri.TryCreate(origin, UriKind.Absolute, out var page)
                && string.Equals(page.Authority, http.Request.Host.Value, StringComparison.OrdinalIgnoreCase))
            || http.RequestServices.GetRequiredService<IConfiguration>().GetSection(OriginsSetting).Get<string[]>() is { } others
                && others.Contains(origin, StringComparer.OrdinalIgnoreCase);
    }
}
