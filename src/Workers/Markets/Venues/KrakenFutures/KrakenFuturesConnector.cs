namespace Platform.Workers.Markets.Venues.KrakenFutures;

/// <summary>Kraken's derivatives: their market, and what the account holds in them.</summary>
internal static class KrakenFuturesConnector
{
    public static VenueConnector Of { get; } = new(
        "kraken-futures", new("https://futures.kraken.com"), new("wss://futures.kraken.com"), Connect);

    private static VenueParts Connect(VenueLink link)
    {
        var transport = new VenueTransport(link, new KrakenFuturesProtocol());
        var market = new KrakenFuturesMarketData(link, transport);
        return new(market, Derivatives: market, Positions: new KrakenFuturesAccount(link, transport));
    }
}
