namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>Binance spot, and the paper venue, which speaks as Binance does.</summary>
internal static class BinanceConnector
{
    public static VenueConnector Of { get; } = new(
        "binance", new("https://api.binance.com"), new("wss://stream.binance.com:9443"),
        Connect)
    {
        PrivateStream = new("wss://ws-api.binance.com:443"),
    };

    private static VenueParts Connect(VenueLink link)
    {
        var wallet = new BinanceWallet(link, new(link, new BinanceProtocol()));
        return new(new BinanceMarketData(link), new BinanceTrading(link, new BinanceRest(link)), wallet, wallet);
    }
}
