namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>Kraken spot.</summary>
internal static class KrakenConnector
{
    public static VenueConnector Of { get; } = new(
        "kraken", new("https://api.kraken.com"), new("wss://ws.kraken.com"), link => new(new KrakenMarketData(link)))
    {
        PrivateStream = new("wss://ws-auth.kraken.com"),
    };
}
