using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>OKX (API v5, 2026-07).</summary>
internal sealed class OkxWire : IWireFormat
{
    private const string Nothing = """{"code":"0","msg":"","data":[]}""";

    public string Connector => "okx";

    public string? Answer(HttpRequest request, WireMarket market) => request.Path.Value switch
    {
        "/api/v5/public/instruments" when request.Query["instType"] == "SPOT" => Data(new
        {
            instType = "SPOT", instId = "BTC-USDT", baseCcy = "BTC", quoteCcy = "USDT", tickSz = "0.01", lotSz = "0.01",
            minSz = "0.01", maxLmtSz = "1000", state = "live",
        }),
        "/api/v5/market/books" => Data(new
        {
            bids = Pairs(market.Bids), asks = Pairs(market.Asks), ts = Milliseconds(market.Now),
        }),
        "/api/v5/public/time" => Data(new { ts = Milliseconds(market.Clock) }),
        "/api/v5/account/balance" => Data(new { details = Array.Empty<object>() }),
        "/api/v5/public/instruments" or "/api/v5/market/trades" or "/api/v5/market/candles" or "/api/v5/market/tickers" => Nothing,
        _ => null,
    };

    public WireReply Reply(string message, WireMarket market)
    {
        if (message is "ping")
            return new(["pong"], StartsFeed: false);
        return message.Contains("\"books\"", StringComparison.Ordinal)
            ? new(["""{"event":"subscribe","arg":{"channel":"books","instId":"BTC-USDT"}}""", Snapshot(market)], StartsFeed: true)
            : WireReply.Nothing;
    }

    public string Trade(in PublicTrade trade, WireMarket market) => JsonSerializer.Serialize(new
    {
        arg = new { channel = "trades", instId = "BTC-USDT" },
        data = new[]
        {
            new
            {
                instId = "BTC-USDT", tradeId = trade.Id.ToString(CultureInfo.InvariantCulture), px = Text(trade.Price.Value),
                sz = Text(trade.Quantity.Value), side = trade.TakerSide is TakerSide.Buy ? "buy" : "sell",
                ts = Milliseconds(trade.At), count = "1",
            },
        },
    });

    public string Depth(WireChange change, WireMarket market, bool isChecksumWrong) => Book(
        "update", change.Bids, change.Asks, Checksum(market) + (isChecksumWrong ? 1 : 0), change.Previous, change.Last, change.At);

    public bool? IsDatedBy(DateTimeOffset now, HttpRequest request) =>
        DateTimeOffset.TryParse(request.Headers["OK-ACCESS-TIMESTAMP"], CultureInfo.InvariantCulture, out var at)
            ? (at - now).Duration() < TimeSpan.FromSeconds(20)
            : null;

    private static string Snapshot(WireMarket market) =>
        Book("snapshot", market.Bids, market.Asks, Checksum(market), previous: -1, market.Sequence, market.Now);

    private static string Book(
        string action, IEnumerable<BookLevel> bids, IEnumerable<BookLevel> asks, int checksum, long previous, long last,
        DateTimeOffset at) => JsonSerializer.Serialize(new
        {
            arg = new { channel = "books", instId = "BTC-USDT" },
            action,
            data = new[]
            {
                new
                {
                    asks = Pairs(asks), bids = Pairs(bids), ts = Milliseconds(at), checksum, prevSeqId = previous, seqId = last,
                },
            },
        });

    private static int Checksum(WireMarket market) => unchecked((int)Crc32.HashToUInt32(
        Encoding.ASCII.GetBytes(BookChecksum.Okx.TextOf([.. market.Bids.Take(25)], [.. market.Asks.Take(25)]))));

    private static string Data(object part) => JsonSerializer.Serialize(new { code = "0", msg = "", data = new[] { part } });

    private static IEnumerable<string[]> Pairs(IEnumerable<BookLevel> levels) =>
        levels.Select(level => (string[])[Text(level.Price.Value), Text(level.Quantity.Value), "0", "1"]);

    private static string Milliseconds(DateTimeOffset at) =>
        at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
