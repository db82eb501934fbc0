using Platform.Workers.Markets.Venues.Streams;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>Kraken spot.</summary>
internal static class KrakenConnector
{
    public static VenueConnector Of { get; } = new(
        "kraken", new("https://api.kraken.com"), new("wss://ws.kraken.com"), Connect)
    {
        PrivateStream = new("wss://ws-auth.kraken.com"),
        TakesOrdersByWebSocket = true,
    };

    // One protocol for all signed calls: their numbers must rise.
    private static VenueParts Connect(VenueLink link)
    {
        var protocol = new KrakenProtocol();
        var transport = new VenueTransport(link, protocol);
        var orders = link.OrdersBy is OrderTransport.WebSocket
            ? new VenueTransport(link, protocol, new CallSocket(new KrakenCallProtocol(link, transport), link.Time))
            : transport;
        var wallet = new KrakenWallet(link, transport);
        return new(new KrakenMarketData(link, transport), new KrakenTrading(link, orders), wallet, wallet);
    }
}
