namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>Binance futures margined in stablecoins, their public side.</summary>
internal static class BinanceFuturesConnector
{
    public static VenueConnector Of { get; } = new(
        "binance-futures", new("https://fapi.binance.com"), new("wss://fstream.binance.com"),
        Connect);

    private static VenueParts Connect(VenueLink link)
    {
        var market = new BinanceFuturesMarketData(link);
        return new(market, Derivatives: market);
    }
}
