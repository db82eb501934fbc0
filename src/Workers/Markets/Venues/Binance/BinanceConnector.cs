namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>Binance spot, and the paper venue, which speaks as Binance does.</summary>
internal static class BinanceConnector
{
    public static VenueConnector Of { get; } = new(
        "binance", new("https://api.binance.com"), new("wss://stream.binance.com:9443"),
        Connect)
    {
        PrivateStream = new("wss://ws-api.binance.com:443"),
        TakesOrdersByWebSocket = true,
    };

    private static VenueParts Connect(VenueLink link)
    {
        var transport = new VenueTransport(link, new BinanceProtocol());
        var wallet = new BinanceWallet(link, transport);
        var data = new BinanceMarketData(link);
        return new(data, new BinanceTrading(link, new BinanceRest(link)), wallet, wallet)
        {
            Ledger = new BinanceLedger(link, transport),
            Margin = new BinanceMargin(link, transport),
            Quotes = data,
            Delistings = wallet,
            Conversion = new BinanceConversion(link, transport),
        };
    }
}
