using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>Gate.io spot (API v4 and WebSocket API v4, 2026-07).</summary>
internal sealed class GateWire : IWireFormat
{
    private const string Pairs =
        """[{"id":"BTC_USDT","base":"BTC","quote":"USDT","fee":"0.2","amount_precision":8,"precision":2,"trade_status":"tradable"}]""";

    public string Connector => "gate";

    public string? Answer(HttpRequest request, WireMarket market) => request.Path.Value switch
    {
        "/api/v4/spot/currency_pairs" => Pairs,
        "/api/v4/spot/order_book" =>
            $$"""{"id":{{market.Sequence}},"current":1,"update":1,"bids":{{WireText.Pairs(market.Bids)}},"asks":{{WireText.Pairs(market.Asks)}} }""",
        "/api/v4/spot/time" => $$"""{"server_time":{{market.Clock.ToUnixTimeMilliseconds()}} }""",
        "/api/v4/spot/trades" or "/api/v4/spot/candlesticks" or "/api/v4/spot/tickers" => "[]",
        _ => null,
    };

    public WireReply Reply(string message, WireMarket market) => new(
        ["""{"time":1,"channel":"spot.pong","event":"","error":null,"result":null}"""],
        message.Contains("spot.order_book_update", StringComparison.Ordinal));

    public string Trade(in PublicTrade trade, WireMarket market) =>
        $$$"""
        {"time":1,"channel":"spot.trades","event":"update","result":{"id":{{{trade.Id}}},"create_time_ms":"{{{trade.At.ToUnixTimeMilliseconds()}}}.5",
         "side":"{{{WireText.SideOf(trade)}}}","currency_pair":"BTC_USDT","amount":"{{{WireText.Padded(trade.Quantity.Value)}}}",
         "price":"{{{WireText.Padded(trade.Price.Value)}}}"}}
        """;

    public string Depth(WireChange change, WireMarket market, bool isChecksumWrong) =>
        $$$"""
        {"time":1,"channel":"spot.order_book_update","event":"update","result":{"t":{{{change.At.ToUnixTimeMilliseconds()}}},"e":"depthUpdate",
         "s":"BTC_USDT","U":{{{change.First}}},"u":{{{change.Last}}},"b":{{{WireText.Pairs(change.Bids)}}},"a":{{{WireText.Pairs(change.Asks)}}}}}
        """;
}
