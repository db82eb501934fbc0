using Platform.PaperVenue.Protocol;
using Platform.PaperVenue.Streams;

namespace Platform.PaperVenue.Running;

/// <summary>Which path leads where, all on one port.</summary>
public static class Endpoints
{
    public static void Map(WebApplication app)
    {
        app.UseWebSockets(new()
        {
            KeepAliveInterval = TimeSpan.FromSeconds(20), KeepAliveTimeout = TimeSpan.FromSeconds(60),
        });
        app.Map("/ws-api/v3", http => ServeAsync(http, combined: false, ServeApiAsync));
        app.Map("/ws/{**streams}", http => ServeAsync(http, combined: false, ServeStreamsAsync));
        app.Map("/stream", http => ServeAsync(http, combined: true, ServeStreamsAsync));
        app.Services.GetRequiredService<RestSurface>().Map(app);
    }

    private static async Task ServeAsync(
        HttpContext http, bool combined, Func<HttpContext, StreamConnection, CancellationToken, Task> serveAsync)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var connection = new StreamConnection(socket) { Combined = combined };
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await serveAsync(http, connection, stopping);
    }

    private static async Task ServeApiAsync(HttpContext http, StreamConnection connection, CancellationToken stopping)
    {
        var services = http.RequestServices;
        var session = new ApiSession(
            services.GetRequiredService<OperationList>(), services.GetRequiredService<Gate>(),
            services.GetRequiredService<UserStreams>(), connection);
        try
        {
            await connection.RunAsync(session.ReceiveAsync, stopping);
        }
        finally
        {
            session.End();
        }
    }

    private static Task ServeStreamsAsync(HttpContext http, StreamConnection connection, CancellationToken stopping)
    {
        var names = http.Request.RouteValues["streams"] as string ?? http.Request.Query["streams"].ToString();
        return http.RequestServices.GetRequiredService<MarketStreams>().ServeAsync(connection, names, stopping);
    }
}
