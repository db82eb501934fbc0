using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>Gemini (REST API and market data v2, 2026-07): a book begins with all of it.</summary>
internal sealed class GeminiWire : IWireFormat
{
    private const string Symbols = """
        [{"symbol":"BTCUSDT","base_currency":"BTC","quote_currency":"USDT","tick_size":1E-8,"quote_increment":0.01,
          "min_order_size":"0.00001","status":"open","product_type":"spot"}]
        """;

    public string Connector => "gemini";

    public bool ShowsGaps => false;

    public string? Answer(HttpRequest request, WireMarket market) => request.Path.Value switch
    {
        "/v1/symbols/details/all" => Symbols,
        "/v1/book/btcusdt" => $$"""{"bids":{{Levels(market.Bids)}},"asks":{{Levels(market.Asks)}} }""",
        "/v1/trades/btcusdt" or "/v2/candles/btcusdt/1m" => "[]",
        "/v2/ticker/btcusdt" => """{"symbol":"BTCUSDT","open":"100","high":"100","low":"100","close":"100"}""",
        "/v1/pubticker/btcusdt" => """{"bid":"99","ask":"101","last":"100","volume":{"BTC":"1","USDT":"100","timestamp":1}}""",
        _ => null,
    };

    public WireReply Reply(string message, WireMarket market) =>
        new([Changed(market.Bids, market.Asks)], StartsFeed: true);

    public string Trade(in PublicTrade trade, WireMarket market) =>
        $$"""
        {"type":"trade","symbol":"BTCUSDT","event_id":{{trade.Id}},"timestamp":{{trade.At.ToUnixTimeMilliseconds()}},
         "price":"{{WireText.Padded(trade.Price.Value)}}","quantity":"{{WireText.Padded(trade.Quantity.Value)}}",
         "side":"{{WireText.SideOf(trade)}}"}
        """;

    public string Depth(WireChange change, WireMarket market, bool isChecksumWrong) => Changed(change.Bids, change.Asks);

    private static string Changed(IEnumerable<BookLevel> bids, IEnumerable<BookLevel> asks)
    {
        var changes = JsonSerializer.Serialize(Of("buy", bids).Concat(Of("sell", asks)));
        return $$"""{"type":"l2_updates","symbol":"BTCUSDT","changes":{{changes}} }""";
    }

    private static IEnumerable<string[]> Of(string side, IEnumerable<BookLevel> levels) => levels.Select(level =>
        (string[])[side, WireText.Padded(level.Price.Value), WireText.Padded(level.Quantity.Value)]);

    private static string Levels(IEnumerable<BookLevel> levels) => JsonSerializer.Serialize(levels.Select(level => new
    {
        price = WireText.Padded(level.Price.Value), amount = WireText.Padded(level.Quantity.Value), timestamp = "1",
    }));
}
