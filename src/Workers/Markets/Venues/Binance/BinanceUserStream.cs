using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>
/// The account's own orders and balances as they change, by <c>userDataStream.subscribe.signature</c> of the WebSocket
/// API. A silent or restarted connection may have lost reports: after each Connected the reader reconciles.
/// </summary>
public sealed class BinanceUserStream
{
    private const string SubscriptionId = "user-stream";

    private readonly BinanceRest rest;
    private readonly VenueLink link;

    internal BinanceUserStream(BinanceRest rest, VenueLink link) => (this.rest, this.link) = (rest, link);

    /// <summary>Begins when there are credentials, and never ends by itself; one reader for each call.</summary>
    public async IAsyncEnumerable<StreamEvent<BinanceUserReport>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await link.Access.GrantedAsync(cancellationToken);
        await foreach (var happened in new VenueStream<BinanceUserReport>(SubscribeAsync, Parse, link.Time, link.Random)
            .ReadAsync(cancellationToken))
            yield return happened;
    }

    private async Task<VenueSocket> SubscribeAsync(CancellationToken cancellationToken)
    {
        var venueTime = (await rest.ServerTimeAsync(cancellationToken)).Match(
            answered => answered,
            refused => throw new WebSocketException(refused.Message),
            notFound => throw new WebSocketException(notFound.Message),
            unknown => throw new WebSocketException($"{unknown.Cause}: {unknown.Detail}"));

        var socket = await VenueSocket.ConnectAsync(BinanceCallProtocol.AddressAt(link.PrivateStream), cancellationToken);
        try
        {
            await socket.SendAsync(Subscription(venueTime), cancellationToken);
            while (!IsAccepted(await socket.ReceiveAsync(cancellationToken)))
            {
                // Something else came first; what it reported is found by the reconciliation that follows.
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private string Subscription(DateTimeOffset at) =>
        link.Access.Use(credentials => BinanceCallProtocol.Write(
            "userDataStream.subscribe.signature", SubscriptionId, [], credentials, at))
        ?? throw new WebSocketException("The vault holds no credentials for the venue.");

    /// <exception cref="WebSocketException">The venue refused the subscription.</exception>
    private static bool IsAccepted(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        var root = document.RootElement;
        if (!root.TryGetProperty("id", out var id) || !id.ValueEquals(SubscriptionId))
            return false;
        if (root.TryGetProperty("status", out var status) && status.TryGetInt32(out var code) && code == 200)
            return true;
        throw new WebSocketException(root.TryGetProperty("error", out var error)
            && error.TryGetProperty("msg", out var said) ? $"Subscription refused: {said}" : "Subscription refused.");
    }

    /// <summary>Null for a message that concerns nobody.</summary>
    /// <exception cref="WebSocketException">The venue ends the stream.</exception>
    internal static BinanceUserReport? Parse(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        if (!document.RootElement.TryGetProperty("event", out var report)
            || !report.TryGetProperty("e", out var kind))
            return null;

        return kind.GetString() switch
        {
            "executionReport" => report.Deserialize<BinanceExecutionReport>(BinanceJson.Options),
            "outboundAccountPosition" => report.Deserialize<BinanceAccountPosition>(BinanceJson.Options),
            "eventStreamTerminated" or "serverShutdown" => throw new WebSocketException("Ended by the venue."),
            _ => null,
        };
    }
}
