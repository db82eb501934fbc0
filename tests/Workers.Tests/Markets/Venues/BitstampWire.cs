using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>Bitstamp (API v2 and WebSocket API v2, 2026-07).</summary>
internal sealed class BitstampWire : IWireFormat
{
    private const string Pairs = """
        [{"trading":"Enabled","base_decimals":8,"url_symbol":"btcusdt","name":"BTC/USDT","instant_and_market_orders":"Enabled",
          "minimum_order":"10.0 USDT","counter_decimals":2,"description":""}]
        """;

    public string Connector => "bitstamp";

    public bool ShowsGaps => false;

    public string? Answer(HttpRequest request, WireMarket market) => request.Path.Value switch
    {
        "/api/v2/trading-pairs-info/" => Pairs,
        "/api/v2/order_book/btcusdt/" =>
            $$"""
            {"timestamp":"1","microtimestamp":"{{WireText.Microseconds(market.Now)}}","bids":{{WireText.Pairs(market.Bids)}},
             "asks":{{WireText.Pairs(market.Asks)}} }
            """,
        "/api/v2/transactions/btcusdt/" or "/api/v2/ticker/" => "[]",
        "/api/v2/ohlc/btcusdt/" => """{"data":{"pair":"BTC/USDT","ohlc":[]}}""",
        _ => null,
    };

    public WireReply Reply(string message, WireMarket market) => new(
        ["""{"event":"bts:heartbeat","channel":"","data":{"status":"success"}}"""],
        message.Contains("diff_order_book_btcusdt", StringComparison.Ordinal));

    public string Trade(in PublicTrade trade, WireMarket market) =>
        $$"""
        {"data":{"id":{{trade.Id}},"timestamp":"1","amount_str":"{{WireText.Padded(trade.Quantity.Value)}}",
         "price_str":"{{WireText.Padded(trade.Price.Value)}}","type":{{(trade.TakerSide is TakerSide.Buy ? 0 : 1)}},
         "microtimestamp":"{{WireText.Microseconds(trade.At)}}"},"channel":"live_trades_btcusdt","event":"trade"}
        """;

    public string Depth(WireChange change, WireMarket market, bool isChecksumWrong) =>
        $$"""
        {"data":{"timestamp":"1","microtimestamp":"{{WireText.Microseconds(change.At)}}","bids":{{WireText.Pairs(change.Bids)}},
         "asks":{{WireText.Pairs(change.Asks)}} },"channel":"diff_order_book_btcusdt","event":"data"}
        """;
}
