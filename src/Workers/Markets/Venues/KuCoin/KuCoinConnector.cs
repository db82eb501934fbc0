namespace Platform.Workers.Markets.Venues.KuCoin;

/// <summary>KuCoin spot, its public side. Where the streams are it says itself, with the ticket.</summary>
internal static class KuCoinConnector
{
    public static VenueConnector Of { get; } = new(
        "kucoin", new("https://api.kucoin.com"), new("wss://ws-api-spot.kucoin.com"), link => new(new KuCoinMarketData(link)));
}
