using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Domain.Identity;
using Platform.Api.Realtime;
using Platform.Workers.Realtime;

namespace Platform.Benchmarks.Push;

/// <summary>The hub and a bare WebSocket endpoint on one port.</summary>
internal sealed class PushBenchHost : IAsyncDisposable
{
    private static readonly Topic Table = new("table", "one");
    private readonly ConcurrentBag<WebSocket> bareSockets = [];
    private readonly WebApplication app;
    private readonly Topics topics;
    private int version;

    private PushBenchHost(WebApplication app)
    {
        this.app = app;
        topics = app.Services.GetRequiredService<Topics>();
        app.UseWebSockets();
        app.MapRealtime();
        app.Map("/bare", AcceptAsync);
    }

    public Uri HubAddress => AddressOf("/hub");

    public Uri BareAddress => AddressOf("/bare");

    public static async Task<PushBenchHost> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<VerifyToken>((_, _) => null)
            .AddSingleton<AuthorizeTopic>((ClaimsPrincipal _, Topic _, CancellationToken _) => new(TopicAccess.Public))
            .AddTopicFamily<TableTopics>()
            .AddRealtime();
        var host = new PushBenchHost(builder.Build());
        await host.app.StartAsync(cancellationToken);
        return host;
    }

    /// <summary>The way of the platform: publish once, every connection's pump does the rest.</summary>
    public void Publish() => topics.Replace(Table, TableTopics.Rows(++version));

    /// <summary>The reference: the ready message to every socket.</summary>
    public void SendBare(ReadOnlyMemory<byte> message)
    {
        foreach (var socket in bareSockets)
            _ = socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task AcceptAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        bareSockets.Add(socket);
        await socket.ReceiveAsync(new byte[1], context.RequestAborted);
    }

    private Uri AddressOf(string path) => new UriBuilder(app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.Single()) { Scheme = "ws", Path = path }.Uri;

    /// <summary>Fifty rows of a market table; every version as long as the next.</summary>
    private sealed class TableTopics : ITopicFamily
    {
        public string Name => "table";

        public Permission Permission => OpenPermissions.ReadMarkets;

        public TopicShape Shape => TopicShape.Whole;

        public static IReadOnlyList<Quote> Rows(int version) =>
            [.. Enumerable.Range(0, 50).Select(row => new Quote($"M{row:D3}-USDT", $"{60_000 + row}.{version:D6}", "0.12500000"))];

        public ValueTask<TopicSnapshot?> SnapshotAsync(string entity, CancellationToken cancellationToken) =>
            new(new TopicSnapshot(Rows(0)));
    }

    private sealed record Quote(string Market, string Last, string Quantity);
}
