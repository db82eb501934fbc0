using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>What proves on a WebSocket whose account it is.</summary>
internal static class KrakenToken
{
    public static Uri AddressAt(Uri root) => new(root, "/v2");

    public static Task<VenueAnswer<string>> AskAsync(VenueTransport transport, CancellationToken cancellationToken) =>
        transport.SendAsync(
            new(HttpMethod.Post, "/0/private/GetWebSocketsToken", [], Limit: KrakenProtocol.Private, IsSigned: true),
            read => read.Text("token"), cancellationToken);
}
