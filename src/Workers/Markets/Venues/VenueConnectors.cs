using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Markets.Venues.Bitfinex;
using Platform.Workers.Markets.Venues.Bitstamp;
using Platform.Workers.Markets.Venues.Bybit;
using Platform.Workers.Markets.Venues.Coinbase;
using Platform.Workers.Markets.Venues.Gate;
using Platform.Workers.Markets.Venues.Gemini;
using Platform.Workers.Markets.Venues.Kraken;
using Platform.Workers.Markets.Venues.KrakenFutures;
using Platform.Workers.Markets.Venues.KuCoin;
using Platform.Workers.Markets.Venues.Okx;

namespace Platform.Workers.Markets.Venues;

/// <summary>Every connector that there is.</summary>
internal static class VenueConnectors
{
    public static IReadOnlyList<VenueConnector> All { get; } =
    [
        BinanceConnector.Of,
        BinanceFuturesConnector.Of,
        BitfinexConnector.Of,
        BitstampConnector.Of,
        BybitConnector.Of,
        CoinbaseConnector.Of,
        GateConnector.Of,
        GeminiConnector.Of,
        KrakenConnector.Of,
        KrakenFuturesConnector.Of,
        KuCoinConnector.Of,
        OkxConnector.Of,
    ];

    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static VenueConnector Named(string name) =>
        All.FirstOrDefault(connector => string.Equals(connector.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"No connector '{name}'; there are {string.Join(", ", All.Select(connector => connector.Name))}.", nameof(name));
}
