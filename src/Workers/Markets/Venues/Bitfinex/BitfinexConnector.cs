namespace Platform.Workers.Markets.Venues.Bitfinex;

/// <summary>Bitfinex spot, its public side.</summary>
internal static class BitfinexConnector
{
    public static VenueConnector Of { get; } = new(
        "bitfinex", new("https://api-pub.bitfinex.com"), new("wss://api-pub.bitfinex.com"),
        link => new(new BitfinexMarketData(link)));
}
