using System.Globalization;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>Binance spot (rest-api.md and web-socket-streams.md, 2026-07).</summary>
internal sealed class BinanceWire : IWireFormat
{
    private const string ExchangeInfo = """
        {"serverTime":1,"rateLimits":[],"symbols":[{"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC",
         "baseAssetPrecision":8,"quoteAsset":"USDT","quoteAssetPrecision":8,"filters":[]}]}
        """;

    public string Connector => "binance";

    public string? Answer(HttpRequest request, WireMarket market) => request.Path.Value switch
    {
        "/api/v3/exchangeInfo" => ExchangeInfo,
        "/api/v3/time" => $$"""{"serverTime":{{market.Clock.ToUnixTimeMilliseconds()}}}""",
        "/api/v3/depth" =>
            $$"""{"lastUpdateId":{{market.Sequence}},"bids":{{WireText.Pairs(market.Bids)}},"asks":{{WireText.Pairs(market.Asks)}} }""",
        "/api/v3/trades" or "/api/v3/klines" or "/api/v3/ticker/24hr" => "[]",
        "/api/v3/account" => """{"canTrade":true,"updateTime":1,"balances":[]}""",
        _ => null,
    };

    public WireReply Greet(HttpRequest request, WireMarket market) => new([], StartsFeed: true);

    public string Trade(in PublicTrade trade, WireMarket market) =>
        $$"""
        {"stream":"btcusdt@trade","data":{"e":"trade","E":{{Milliseconds(trade.At)}},"s":"BTCUSDT","t":{{trade.Id}},
         "p":"{{WireText.Padded(trade.Price.Value)}}","q":"{{WireText.Padded(trade.Quantity.Value)}}","T":{{Milliseconds(trade.At)}},
         "m":{{(trade.TakerSide is TakerSide.Sell ? "true" : "false")}},"M":true} }
        """;

    public string Depth(WireChange change, WireMarket market, bool isChecksumWrong) =>
        $$"""
        {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":{{Milliseconds(change.At)}},"s":"BTCUSDT",
         "U":{{change.First}},"u":{{change.Last}},"b":{{WireText.Pairs(change.Bids)}},
         "a":{{WireText.Pairs(change.Asks)}} } }
        """;

    public bool? IsDatedBy(DateTimeOffset now, HttpRequest request) =>
        long.TryParse(request.Query["timestamp"], CultureInfo.InvariantCulture, out var at)
            ? (DateTimeOffset.FromUnixTimeMilliseconds(at) - now).Duration() < TimeSpan.FromSeconds(20)
            : null;

    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
