namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>Binance futures margined in stablecoins: their market, and what the account holds in them.</summary>
internal static class BinanceFuturesConnector
{
    private const int WeightPerMinute = 2400;

    public static VenueConnector Of { get; } = new(
        "binance-futures", new("https://fapi.binance.com"), new("wss://fstream.binance.com"),
        Connect);

    private static VenueParts Connect(VenueLink link)
    {
        var transport = new VenueTransport(link, new BinanceProtocol(WeightPerMinute, BinanceFuturesMarketData.Time));
        var market = new BinanceFuturesMarketData(link, transport);
        return new(market, Derivatives: market, Positions: new BinanceFuturesAccount(link, transport));
    }
}
