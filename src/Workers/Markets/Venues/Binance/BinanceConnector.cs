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
        var transport = new VenueTransport(link, new BinanceProtocol());
        var wallet = new BinanceWallet(link, transport);
        return new(new BinanceMarketData(link), new BinanceTrading(link, new BinanceRest(link)), wallet, wallet)
        {
            Ledger = new BinanceLedger(link, transport),
            Conversion = new BinanceConversion(link, transport),
        };
    }
}
