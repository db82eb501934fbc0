namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>Kraken spot.</summary>
internal static class KrakenConnector
{
    public static VenueConnector Of { get; } = new(
        "kraken", new("https://api.kraken.com"), new("wss://ws.kraken.com"), Connect)
    {
        PrivateStream = new("wss://ws-auth.kraken.com"),
    };

    // One transport for all signed calls: their numbers must rise.
    private static VenueParts Connect(VenueLink link)
    {
        var transport = new VenueTransport(link, new KrakenProtocol());
        var wallet = new KrakenWallet(link, transport);
        return new(new KrakenMarketData(link, transport), new KrakenTrading(link, transport), wallet, wallet);
    }
}
