using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>Bybit (API v5, 2026-07).</summary>
internal sealed class BybitWire : IWireFormat
{
    public string Connector => "bybit";

    public string? Answer(HttpRequest request, WireMarket market) => request.Path.Value switch
    {
        "/v5/market/instruments-info" when request.Query["category"] == "spot" => Rows(new
        {
            symbol = "BTCUSDT", baseCoin = "BTC", quoteCoin = "USDT", status = "Trading",
            lotSizeFilter = new { basePrecision = "0.01", quotePrecision = "0.0001", minOrderQty = "0.01", maxOrderQty = "100", minOrderAmt = "1" },
            priceFilter = new { tickSize = "0.01" },
        }),
        "/v5/market/orderbook" => Result(new
        {
            s = "BTCUSDT", b = Pairs(market.Bids), a = Pairs(market.Asks), ts = 1, u = market.Sequence, seq = 1,
        }),
        "/v5/market/time" => Result(new
        {
            timeNano = ((market.Clock - DateTimeOffset.UnixEpoch).Ticks * 100).ToString(CultureInfo.InvariantCulture),
        }),
        "/v5/market/instruments-info" or "/v5/market/tickers" or "/v5/market/recent-trade" or "/v5/market/kline"
            or "/v5/account/wallet-balance" => Rows(),
        _ => null,
    };

    public WireReply Reply(string message, WireMarket market)
    {
        if (message.Contains("\"ping\"", StringComparison.Ordinal))
            return new(["""{"success":true,"ret_msg":"pong","conn_id":"c","op":"ping"}"""], StartsFeed: false);
        return message.Contains("orderbook.200.BTCUSDT", StringComparison.Ordinal)
            ? new(
                ["""{"success":true,"ret_msg":"","conn_id":"c","op":"subscribe"}""", Book("snapshot", market.Bids, market.Asks, market.Sequence)],
                StartsFeed: true)
            : WireReply.Nothing;
    }

    // Members whose names differ in case alone are written by hand.
    public string Trade(in PublicTrade trade, WireMarket market) =>
        $$"""
        {"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1,"data":[{"T":{{trade.At.ToUnixTimeMilliseconds()}},"s":"BTCUSDT",
         "S":"{{trade.TakerSide}}","v":"{{Text(trade.Quantity.Value)}}","p":"{{Text(trade.Price.Value)}}","i":"{{trade.Id}}","BT":false}]}
        """;

    public string Depth(WireChange change, WireMarket market, bool isChecksumWrong) =>
        Book("delta", change.Bids, change.Asks, change.Last);

    public bool? IsDatedBy(DateTimeOffset now, HttpRequest request) =>
        long.TryParse(request.Headers["X-BAPI-TIMESTAMP"], CultureInfo.InvariantCulture, out var at)
            ? (DateTimeOffset.FromUnixTimeMilliseconds(at) - now).Duration() < TimeSpan.FromSeconds(20)
            : null;

    private static string Book(string type, IEnumerable<BookLevel> bids, IEnumerable<BookLevel> asks, long update) =>
        JsonSerializer.Serialize(new
        {
            topic = "orderbook.200.BTCUSDT",
            type,
            ts = 1,
            data = new { s = "BTCUSDT", b = Pairs(bids), a = Pairs(asks), u = update, seq = 1 },
        });

    private static string Rows(params object[] rows) => Result(new { list = rows });

    private static string Result(object result) => JsonSerializer.Serialize(new { retCode = 0, retMsg = "OK", result });

    private static IEnumerable<string[]> Pairs(IEnumerable<BookLevel> levels) =>
        levels.Select(level => (string[])[Text(level.Price.Value), Text(level.Quantity.Value)]);

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
