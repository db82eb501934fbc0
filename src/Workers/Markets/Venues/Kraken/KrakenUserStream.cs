using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>
/// The account's executions by WebSocket version 2 (docs.kraken.com, 2026-07). The first message of an order tells all of it,
/// later ones only what changed.
/// </summary>
internal sealed class KrakenUserStream(VenueLink link, VenueTransport transport)
{
    // So many orders are remembered while they change; beyond, a report may be left out, and reconciliation finds it.
    private const int KnownMax = 10_000;

    public async IAsyncEnumerable<StreamEvent<VenueUserReport>> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await link.Access.GrantedAsync(cancellationToken);
        KrakenExecutions executions = new(KnownMax);
        var stream = new VenueStream<IReadOnlyList<VenueOrder>>(
            SubscribeAsync, message => executions.Read(message), link.Time, link.Random);
        await foreach (var happened in stream.ReadAsync(cancellationToken))
            switch (happened)
            {
                case StreamEvent<IReadOnlyList<VenueOrder>>.Received(var orders):
                    foreach (var order in orders)
                        yield return new StreamEvent<VenueUserReport>.Received(new VenueUserReport.OfOrder(order));
                    break;
                case StreamEvent<IReadOnlyList<VenueOrder>>.Disconnected(var reason):
                    yield return new StreamEvent<VenueUserReport>.Disconnected(reason);
                    break;
                default:
                    executions = new(KnownMax);
                    yield return new StreamEvent<VenueUserReport>.Connected();
                    break;
            }
    }

    private async Task<VenueSocket> SubscribeAsync(CancellationToken cancellationToken)
    {
        var answer = await KrakenToken.AskAsync(transport, cancellationToken);
        if (answer is not VenueAnswer<string>.Answered { Value: var token })
            throw new WebSocketException($"The venue gives no token: {answer}");

        var socket = await VenueSocket.ConnectAsync(KrakenToken.AddressAt(link.PrivateStream), cancellationToken);
        try
        {
            await socket.SendAsync(
                JsonSerializer.Serialize(new
                {
                    method = "subscribe",
                    @params = new { channel = "executions", token, snap_orders = true, snap_trades = false },
                }), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
