using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>
/// Coinbase (Advanced Trade API, 2026-07). All messages of a connection are numbered: each move of the market is two, its
/// change of the book and its trade.
/// </summary>
internal sealed class CoinbaseWire : IWireFormat
{
    public string Connector => "coinbase";

    public string SecretKey { get; } = NewKey();

    public string? Answer(HttpRequest request, WireMarket market) => request.Path.Value switch
    {
        "/api/v3/brokerage/market/products" when request.Query["product_type"] == "SPOT" =>
            """
            {"products":[{"product_id":"BTC-USDT","product_type":"SPOT","base_currency_id":"BTC","quote_currency_id":"USDT",
             "base_increment":"0.01","quote_increment":"0.01","quote_min_size":"1","quote_max_size":"1000000","base_min_size":"0.01",
             "base_max_size":"1000","price_increment":"0.01","status":"online","price":"","volume_24h":""}]}
            """,
        "/api/v3/brokerage/market/products" => """{"products":[]}""",
        "/api/v3/brokerage/market/product_book" => JsonSerializer.Serialize(new
        {
            pricebook = new
            {
                product_id = "BTC-USDT", bids = Levels(market.Bids), asks = Levels(market.Asks), time = market.Now,
            },
        }),
        "/api/v3/brokerage/market/products/BTC-USDT/ticker" => """{"trades":[]}""",
        "/api/v3/brokerage/market/products/BTC-USDT/candles" => """{"candles":[]}""",
        "/api/v3/brokerage/time" => JsonSerializer.Serialize(new
        {
            epochMillis = market.Clock.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        }),
        "/api/v3/brokerage/accounts" => """{"accounts":[],"has_next":false,"cursor":""}""",
        _ => null,
    };

    public WireReply Reply(string message, WireMarket market) => message.Contains("\"level2\"", StringComparison.Ordinal)
        ? new([Book("snapshot", market.Bids, market.Asks, (2 * market.Sequence) + 1, market.Now)], StartsFeed: true)
        : WireReply.Nothing;

    public string Trade(in PublicTrade trade, WireMarket market) => JsonSerializer.Serialize(new
    {
        channel = "market_trades",
        timestamp = trade.At,
        sequence_num = (2 * market.Sequence) + 1,
        events = new[]
        {
            new
            {
                type = "update",
                trades = new[]
                {
                    new
                    {
                        trade_id = trade.Id.ToString(CultureInfo.InvariantCulture), product_id = "BTC-USDT",
                        price = Text(trade.Price.Value), size = Text(trade.Quantity.Value),
                        side = trade.TakerSide is TakerSide.Buy ? "SELL" : "BUY", time = trade.At,
                    },
                },
            },
        },
    });

    public string Depth(WireChange change, WireMarket market, bool isChecksumWrong) =>
        Book("update", change.Bids, change.Asks, 2 * change.Last, change.At);

    public bool? IsDatedBy(DateTimeOffset now, HttpRequest request)
    {
        if (request.Headers.Authorization.ToString().Split('.') is not [_, var claims, _])
            return null;
        using var token = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
        var at = DateTimeOffset.FromUnixTimeSeconds(token.RootElement.GetProperty("nbf").GetInt64());
        return (at - now).Duration() < TimeSpan.FromSeconds(20);
    }

    private static string Book(
        string type, IEnumerable<BookLevel> bids, IEnumerable<BookLevel> asks, long number, DateTimeOffset at) =>
        JsonSerializer.Serialize(new
        {
            channel = "l2_data",
            timestamp = at,
            sequence_num = number,
            events = new[]
            {
                new { type, product_id = "BTC-USDT", updates = Updates("bid", bids, at).Concat(Updates("offer", asks, at)) },
            },
        });

    private static IEnumerable<object> Updates(string side, IEnumerable<BookLevel> levels, DateTimeOffset at) =>
        levels.Select(level => new
        {
            side, event_time = at, price_level = Text(level.Price.Value), new_quantity = Text(level.Quantity.Value),
        });

    private static IEnumerable<object> Levels(IEnumerable<BookLevel> levels) =>
        levels.Select(level => new { price = Text(level.Price.Value), size = Text(level.Quantity.Value) });

    private static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportECPrivateKeyPem();
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
