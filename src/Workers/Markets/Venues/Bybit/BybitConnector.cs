namespace Platform.Workers.Markets.Venues.Bybit;

/// <summary>Bybit: spot, and perpetuals and futures settled in stablecoins or in their own asset.</summary>
internal static class BybitConnector
{
    public static VenueConnector Of { get; } = new("bybit", new("https://api.bybit.com"), new("wss://stream.bybit.com"), Connect);

    private static VenueParts Connect(VenueLink link)
    {
        var transport = new VenueTransport(link, new BybitProtocol());
        var account = new BybitAccount(link, transport);
        var market = new BybitMarketData(link, transport);
        return new(market, new BybitTrading(link, transport), account, account, market);
    }
}
