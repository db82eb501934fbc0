namespace Platform.Workers.Markets.Venues.Okx;

/// <summary>OKX: spot, perpetuals and futures; options and spreads where a single answer holds them.</summary>
internal static class OkxConnector
{
    public static VenueConnector Of { get; } = new("okx", new("https://www.okx.com"), new("wss://ws.okx.com:8443"), Connect);

    private static VenueParts Connect(VenueLink link)
    {
        var transport = new VenueTransport(link, new OkxProtocol());
        var account = new OkxAccount(link, transport);
        var market = new OkxMarketData(link, transport);
        return new(market, new OkxTrading(link, transport), account, account, market, account);
    }
}
