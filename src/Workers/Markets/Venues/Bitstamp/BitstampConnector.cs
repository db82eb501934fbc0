namespace Platform.Workers.Markets.Venues.Bitstamp;

/// <summary>Bitstamp, its public side.</summary>
internal static class BitstampConnector
{
    public static VenueConnector Of { get; } = new(
        "bitstamp", new("https://www.bitstamp.net"), new("wss://ws.bitstamp.net"), link => new(new BitstampMarketData(link)));
}
