using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>Kraken spot: REST version 0, WebSocket version 2 (docs.kraken.com, 2026-07).</summary>
internal sealed class KrakenWire : IWireFormat
{
    private const string Pairs = """
        {"XBTUSDT":{"altname":"XBTUSDT","wsname":"XBT/USDT","base":"XXBT","quote":"USDT","cost_decimals":5,"lot_decimals":8,
         "fees":[[0,0.4]],"fees_maker":[[0,0.25]],"ordermin":"0.00005","costmin":"0.5","tick_size":"0.01","status":"online"}}
        """;

    public string Connector => "kraken";

    public string? Answer(HttpRequest request, WireMarket market) => request.Path.Value switch
    {
        "/0/public/AssetPairs" => Result(Pairs),
        "/0/public/Depth" => Result(
            $$"""{"XBTUSDT":{"bids":[{{Rows(market.Bids)}}],"asks":[{{Rows(market.Asks)}}]} }"""),
        "/0/public/Trades" or "/0/public/OHLC" => Result("""{"XBTUSDT":[],"last":"0"}"""),
        "/0/public/Ticker" => Result("{}"),
        "/0/private/BalanceEx" => Result("{}"),
        _ => null,
    };

    public WireReply Greet(HttpRequest request, WireMarket market) => new(
        ["""{"channel":"status","type":"update","data":[{"version":"2.0.0","system":"online","api_version":"v2"}]}"""],
        StartsFeed: false);

    public WireReply Reply(string message, WireMarket market)
    {
        using var document = JsonDocument.Parse(message);
        var method = document.RootElement.GetProperty("method").GetString();
        if (method is "ping")
            return new(["""{"method":"pong","time_in":"2026-01-01T00:00:00Z","time_out":"2026-01-01T00:00:00Z"}"""], StartsFeed: false);

        var channel = document.RootElement.GetProperty("params").GetProperty("channel").GetString();
        var accepted =
            $$$"""{"method":"{{{method}}}","result":{"channel":"{{{channel}}}","symbol":"BTC/USDT"},"success":true}""";
        return (method, channel) is ("subscribe", "book")
            ? new([accepted, Book("snapshot", market.Bids, market.Asks, market, isChecksumWrong: false)], StartsFeed: true)
            : new([accepted], StartsFeed: false);
    }

    public string Trade(in PublicTrade trade, WireMarket market) =>
        $$"""
        {"channel":"trade","type":"update","data":[{"symbol":"BTC/USDT","side":"{{(trade.TakerSide is TakerSide.Buy ? "buy" : "sell")}}",
         "price":{{PriceOf(trade.Price.Value)}},"qty":{{QuantityOf(trade.Quantity.Value)}},"ord_type":"limit","trade_id":{{trade.Id}},
         "timestamp":"{{trade.At:yyyy-MM-ddTHH:mm:ss.ffffffZ}}"}]}
        """;

    public string Depth(WireChange change, WireMarket market, bool isChecksumWrong) =>
        Book("update", change.Bids, change.Asks, market, isChecksumWrong);

    private static string Result(string result) => $$"""{"error":[],"result":{{result}} }""";

    private static string Book(
        string type, IEnumerable<BookLevel> bids, IEnumerable<BookLevel> asks, WireMarket market, bool isChecksumWrong) =>
        $$"""
        {"channel":"book","type":"{{type}}","data":[{"symbol":"BTC/USDT","bids":[{{Levels(bids)}}],"asks":[{{Levels(asks)}}],
         "checksum":{{Checksum(market) ^ (isChecksumWrong ? 1u : 0)}},"timestamp":"{{market.Now:yyyy-MM-ddTHH:mm:ss.ffffffZ}}"}]}
        """;

    private static uint Checksum(WireMarket market) => Crc32.HashToUInt32(Encoding.ASCII.GetBytes(string.Concat(
        market.Asks.Take(10).Concat(market.Bids.Take(10)).Select(level =>
            Digits(PriceOf(level.Price.Value)) + Digits(QuantityOf(level.Quantity.Value))))));

    private static string Digits(string number) => number.Replace(".", "", StringComparison.Ordinal).TrimStart('0');

    private static string Levels(IEnumerable<BookLevel> levels) => string.Join(',', levels.Select(level =>
        $$"""{"price":{{PriceOf(level.Price.Value)}},"qty":{{QuantityOf(level.Quantity.Value)}} }"""));

    private static string Rows(IEnumerable<BookLevel> levels) => string.Join(',', levels.Select(level =>
        $"""["{PriceOf(level.Price.Value)}","{QuantityOf(level.Quantity.Value)}",1762820248]"""));

    private static string PriceOf(decimal value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string QuantityOf(decimal value) => value.ToString("0.00000000", CultureInfo.InvariantCulture);
}
