using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>Binance futures margined in stablecoins (fapi, 2026-07): a perpetual on the market, each difference with the number before it.</summary>
internal sealed class BinanceFuturesWire : IWireFormat
{
    private const string ExchangeInfo = """
        {"symbols":[{"symbol":"BTCUSDT","contractType":"PERPETUAL","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT",
         "marginAsset":"USDT","baseAssetPrecision":8,"quotePrecision":8,"filters":[]}]}
        """;

    public string Connector => "binance-futures";

    public bool IsSpot => false;

    public string? Answer(HttpRequest request, WireMarket market) => request.Path.Value switch
    {
        "/fapi/v1/exchangeInfo" => ExchangeInfo,
        "/fapi/v1/depth" =>
            $$"""{"lastUpdateId":{{market.Sequence}},"bids":{{WireText.Pairs(market.Bids)}},"asks":{{WireText.Pairs(market.Asks)}} }""",
        "/fapi/v1/aggTrades" or "/fapi/v1/klines" or "/fapi/v1/ticker/24hr" => "[]",
        _ => null,
    };

    public WireReply Greet(HttpRequest request, WireMarket market) => new([], StartsFeed: true);

    public string Trade(in PublicTrade trade, WireMarket market) =>
        $$"""
        {"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":{{trade.At.ToUnixTimeMilliseconds()}},"a":{{trade.Id}},"s":"BTCUSDT",
         "p":"{{WireText.Padded(trade.Price.Value)}}","q":"{{WireText.Padded(trade.Quantity.Value)}}","f":1,"l":1,
         "T":{{trade.At.ToUnixTimeMilliseconds()}},"m":{{(trade.TakerSide is TakerSide.Sell ? "true" : "false")}} } }
        """;

    public string Depth(WireChange change, WireMarket market, bool isChecksumWrong) =>
        $$"""
        {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":{{change.At.ToUnixTimeMilliseconds()}},"T":1,"s":"BTCUSDT",
         "U":{{change.First}},"u":{{change.Last}},"pu":{{change.Previous}},"b":{{WireText.Pairs(change.Bids)}},
         "a":{{WireText.Pairs(change.Asks)}} } }
        """;
}
