using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Platform.Workers.Tests.Markets.Aggregation;

/// <summary>
/// A venue whose n-th trade is known to everybody: it tells them in its stream as they happen, and any of them when asked, in
/// the words of Binance. It begins when it is first listened to.
/// </summary>
/// <param name="dated">What the venue says when the n-th trade was; null: when it happens.</param>
internal sealed class CountingVenue(int tradesPerSecond, Func<long, DateTimeOffset>? dated = null)
{
    private const int PageMax = 1000;
    private static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Lock gate = new();
    private DateTimeOffset? begunAt;
    private DateTimeOffset? endedAt;

    /// <summary>How often somebody began to listen.</summary>
    public int Listened { get; private set; }

    /// <summary>The highest id so far; the lowest is 1.</summary>
    public long Last
    {
        get
        {
            lock (gate)
                return begunAt is { } begun ? (long)(((endedAt ?? Now) - begun).TotalSeconds * tradesPerSecond) : 0;
        }
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Base units of the n-th trade of a market.</summary>
    public static decimal QuantityOf(long id) => 0.001m * (1 + (id % 97));

    public static decimal PriceOf(string symbol, long id) =>
        (symbol[0] == 'B' ? 20_000 : 1_500) + (0.01m * (id * 7919 % 1000));

    public DateTimeOffset TimeOf(long id)
    {
        if (dated is not null)
            return dated(id);
        lock (gate)
            return DateTimeOffset.FromUnixTimeMilliseconds(begunAt!.Value.AddSeconds((double)id / tradesPerSecond).ToUnixTimeMilliseconds());
    }

    /// <summary>Nothing more is traded.</summary>
    public void End()
    {
        lock (gate)
            endedAt = Now;
    }

    public Task AnswerAsync(HttpContext context)
    {
        var query = context.Request.Query;
        return context.Request.Path.Value switch
        {
            "/stream" => StreamAsync(context),
            "/api/v3/exchangeInfo" => context.Response.WriteAsync(
                $$"""{"serverTime":1,"rateLimits":[],"symbols":[{{string.Join(',', Symbols.Select(Listed))}}]}""", context.RequestAborted),
            "/api/v3/depth" => context.Response.WriteAsync("""{"lastUpdateId":1,"bids":[],"asks":[]}""", context.RequestAborted),
            "/api/v3/historicalTrades" => context.Response.WriteAsync(Page(
                query["symbol"]!, long.Parse(query["fromId"]!, CultureInfo.InvariantCulture),
                int.Parse(query["limit"]!, CultureInfo.InvariantCulture)), context.RequestAborted),
            _ => context.Response.WriteAsync("[]", context.RequestAborted),
        };
    }

    private static string Listed(string symbol) =>
        $$"""
        {"symbol":"{{symbol}}","status":"TRADING","baseAsset":"{{symbol[..3]}}","quoteAsset":"{{symbol[3..]}}",
        "baseAssetPrecision":8,"quoteAssetPrecision":8,"filters":[
        {"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1000000","tickSize":"0.01"},
        {"filterType":"LOT_SIZE","minQty":"0.001","maxQty":"9000","stepSize":"0.001"}]}
        """;

    private string Page(string symbol, long from, int limit)
    {
        var until = Math.Min(Last, from + Math.Min(limit, PageMax) - 1);
        return $"[{string.Join(',', Ids(from, until).Select(id => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"id":{{id}},"price":"{{PriceOf(symbol, id)}}","qty":"{{QuantityOf(id)}}","quoteQty":"0",
            "time":{{TimeOf(id).ToUnixTimeMilliseconds()}},"isBuyerMaker":true,"isBestMatch":true}
            """)))}]";
    }

    private async Task StreamAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        long told;
        lock (gate)
        {
            // Whoever is first hears all, however long this takes.
            told = begunAt is null ? 0 : Last;
            begunAt ??= Now;
            Listened++;
        }

        try
        {
            while (socket.State is WebSocketState.Open)
            {
                var last = Last;
                foreach (var symbol in Symbols)
                    foreach (var id in Ids(told + 1, last))
                        await socket.SendAsync(
                            Encoding.UTF8.GetBytes(Message(symbol, id)), WebSocketMessageType.Text, endOfMessage: true, context.RequestAborted);
                told = last;
                await Task.Delay(Pause, TimeProvider.System, context.RequestAborted);
            }
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException)
        {
            // Who listened was killed.
        }
    }

    private string Message(string symbol, long id)
    {
        var at = TimeOf(id).ToUnixTimeMilliseconds();
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"stream":"{{symbol.ToLowerInvariant()}}@trade","data":{"e":"trade","E":{{at}},"s":"{{symbol}}","t":{{id}},
            "p":"{{PriceOf(symbol, id)}}","q":"{{QuantityOf(id)}}","T":{{at}},"m":true,"M":true} }
            """);
    }

    private static IEnumerable<long> Ids(long from, long until)
    {
        for (var id = from; id <= until; id++)
            yield return id;
    }
}
