namespace Platform.Workers.Markets.Venues.Coinbase;

/// <summary>Coinbase: spot, and the futures that it lists beside it.</summary>
internal static class CoinbaseConnector
{
    public static VenueConnector Of { get; } = new("coinbase", new("https://api.coinbase.com"), new("wss://advanced-trade-ws.coinbase.com"), Connect)
    {
        PrivateStream = new("wss://advanced-trade-ws-user.coinbase.com"),
    };

    private static VenueParts Connect(VenueLink link)
    {
        var transport = new VenueTransport(link, new CoinbaseProtocol());
        var account = new CoinbaseAccount(link, transport);
        var market = new CoinbaseMarketData(link, transport);
        return new(market, new CoinbaseTrading(link, transport), account, account, market, account);
    }
}
