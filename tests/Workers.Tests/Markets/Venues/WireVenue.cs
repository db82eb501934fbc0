using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>What happens once to the next message of the book, on every connection.</summary>
internal enum StreamFault { None, Gap, Duplicate, Reorder, WrongChecksum, Garbage, Close, Drop, Silence }

/// <summary>
/// A venue on loopback that speaks the wire format it is given, moves its market when told to, and breaks in every way that
/// there is: REST by <see cref="Break"/>, streams by <see cref="Move"/> with a fault.
/// </summary>
internal sealed class WireVenue : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly IWireFormat format;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<WireConnection, byte> connections = new();
    private volatile Func<HttpContext, Task>? broken;

    private WireVenue(WebApplication server, IWireFormat format) => (this.server, this.format) = (server, format);

    public WireMarket Market { get; } = new();

    public Uri Rest { get; private set; } = new("http://localhost");

    public Uri Stream => new UriBuilder(Rest) { Scheme = "ws" }.Uri;

    /// <summary>REST calls that came in, broken or not: path and query.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>For each signed call, whether it was dated by the venue's clock.</summary>
    public ConcurrentQueue<bool> Datings { get; } = new();

    /// <summary>Connections that get the feed now.</summary>
    public int Listeners => connections.Keys.Count(connection => connection.IsFed);

    /// <summary>Connections that ever were.</summary>
    public int Connects { get; private set; }

    public static async Task<WireVenue> StartAsync(IWireFormat format)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var venue = new WireVenue(builder.Build(), format);
        venue.server.UseWebSockets();
        venue.server.Run(context => context.WebSockets.IsWebSocketRequest ? venue.StreamAsync(context) : venue.AnswerAsync(context));
        await venue.server.StartAsync();
        venue.Rest = new(venue.server.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return venue;
    }

    /// <summary>From now on every REST call is answered so; null: as it should be.</summary>
    public void Break(Func<HttpContext, Task>? answer) => broken = answer;

    /// <summary>The book changes, a trade happens, and every connection hears of both, unless something befalls the message.</summary>
    public void Move(StreamFault fault = StreamFault.None)
    {
        lock (gate)
        {
            var change = Market.Move();
            var message = format.Depth(change, Market, fault is StreamFault.WrongChecksum);
            var trade = format.Trade(Market.Trade(), Market);
            foreach (var connection in connections.Keys.Where(connection => connection.IsFed))
                connection.Tell(message, fault, trade);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await server.StopAsync(atOnce.Token);
        await server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        Calls.Enqueue(context.Request.Path + context.Request.QueryString);
        if (broken is { } answer)
        {
            await answer(context);
            return;
        }

        string? body;
        lock (gate)
        {
            body = format.Answer(context.Request, Market);
            if (format.IsDatedBy(Market.Clock, context.Request) is { } isRight)
                Datings.Enqueue(isRight);
        }

        context.Response.StatusCode = body is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        await context.Response.WriteAsync(body ?? "{}", context.RequestAborted);
    }

    private async Task StreamAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var connection = new WireConnection(context, socket);
        connections.TryAdd(connection, 0);
        try
        {
            lock (gate)
            {
                Connects++;
                connection.Say(format.Greet(context.Request, Market));
            }

            var sending = connection.SendAllAsync(context.RequestAborted);
            while (await ReceiveAsync(socket, context.RequestAborted) is { } message)
                lock (gate)
                    connection.Say(format.Reply(message, Market));
            connection.End();
            await sending;
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone, or was meant to be.
        }
        finally
        {
            connections.TryRemove(connection, out _);
        }
    }

    /// <summary>Null when the other side is done.</summary>
    private static async Task<string?> ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var count = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(count), cancellationToken);
            if (read.MessageType is WebSocketMessageType.Close)
                return null;
            count += read.Count;
            if (read.EndOfMessage)
                return Encoding.UTF8.GetString(buffer, 0, count);
        }
    }
}

/// <summary>One client of the streams; what it is told goes out in order.</summary>
internal sealed class WireConnection(HttpContext context, WebSocket socket)
{
    /// <summary>Between messages that belong together.</summary>
    public const char Divider = '\u001e';

    private const string Hangup = "\0hang up";
    private const string Cut = "\0cut";

    private readonly Channel<string> queue = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    private string? heldBack;
    private bool isSilent;

    public bool IsFed { get; private set; }

    public void Say(WireReply reply)
    {
        foreach (var message in reply.Messages)
            Write(message);
        IsFed |= reply.StartsFeed;
    }

    public void Tell(string depth, StreamFault fault, string trade)
    {
        switch (fault)
        {
            case StreamFault.Gap: break;
            case StreamFault.Duplicate: Write(depth); Write(depth); break;
            case StreamFault.Reorder: heldBack = depth; break;
            case StreamFault.Garbage: Write("{\"what\":"); break;
            case StreamFault.Close: Write(Hangup); break;
            case StreamFault.Drop: Write(Cut); break;
            case StreamFault.Silence: isSilent = true; break;
            default: Write(depth); break;
        }

        if (heldBack is { } late && fault is not StreamFault.Reorder)
        {
            heldBack = null;
            Write(late);
        }

        Write(trade);
    }

    public void End() => queue.Writer.TryComplete();

    public async Task SendAllAsync(CancellationToken cancellationToken)
    {
        await foreach (var message in queue.Reader.ReadAllAsync(cancellationToken))
            switch (message)
            {
                case Hangup:
                    await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "", cancellationToken);
                    return;
                case Cut:
                    context.Abort();
                    return;
                default:
                    await socket.SendAsync(
                        Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
                    break;
            }
    }

    // Half-open: the connection stands, and nothing comes.
    private void Write(string message)
    {
        if (isSilent)
            return;
        foreach (var part in message.Split(Divider))
            queue.Writer.TryWrite(part);
    }
}
