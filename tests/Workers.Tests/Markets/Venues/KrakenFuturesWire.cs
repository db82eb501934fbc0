using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>Kraken's derivatives (docs.kraken.com, 2026-07): a perpetual on the market, whose book comes one level at a time.</summary>
internal sealed class KrakenFuturesWire : IWireFormat
{
    private const string Product = "\"product_id\":\"PF_XBTUSDT\"";

    // Numbers of the levels that were told, by market: formats are shared.
    private readonly ConditionalWeakTable<WireMarket, StrongBox<long>> told = [];

    public string Connector => "kraken-futures";

    public bool IsSpot => false;

    public string? Answer(HttpRequest request, WireMarket market) => request.Path.Value switch
    {
        "/derivatives/api/v3/instruments" =>
            """
            {"result":"success","instruments":[{"symbol":"PF_XBTUSDT","type":"flexible_futures","tickSize":0.01,"contractSize":1,
             "tradeable":true,"contractValueTradePrecision":2,"base":"BTC","quote":"USDT","pair":"BTC:USDT"}]}
            """,
        "/derivatives/api/v3/orderbook" =>
            $$$"""{"result":"success","orderBook":{"bids":[{{{Rows(market.Bids)}}}],"asks":[{{{Rows(market.Asks)}}}]}}""",
        "/derivatives/api/v3/tickers" => """{"result":"success","serverTime":"2026-01-02T03:04:05.000Z","tickers":[]}""",
        "/api/history/v3/market/PF_XBTUSDT/executions" => """{"elements":[],"len":0}""",
        "/api/charts/v1/trade/PF_XBTUSDT/1m" => """{"candles":[],"more_candles":false}""",
        _ => null,
    };

    public WireReply Greet(HttpRequest request, WireMarket market) =>
        new(["""{"event":"info","version":1}"""], StartsFeed: false);

    public WireReply Reply(string message, WireMarket market)
    {
        var isBook = message.Contains("\"feed\":\"book\"", StringComparison.Ordinal);
        return isBook && message.Contains("\"subscribe\"", StringComparison.Ordinal)
            ? new(["""{"event":"subscribed","feed":"book","product_ids":["PF_XBTUSDT"]}""", Snapshot(market)], StartsFeed: true)
            : WireReply.Nothing;
    }

    public string Trade(in PublicTrade trade, WireMarket market) =>
        $$"""
        {"feed":"trade",{{Product}},"uid":"{{trade.Id}}","side":"{{WireText.SideOf(trade)}}","type":"fill","seq":{{trade.Id}},
         "time":{{trade.At.ToUnixTimeMilliseconds()}},"qty":{{WireText.Short(trade.Quantity.Value)}},"price":{{WireText.Short(trade.Price.Value)}}}
        """;

    public string Depth(WireChange change, WireMarket market, bool isChecksumWrong) => string.Join(
        WireConnection.Divider,
        change.Bids.Select(level => Level("buy", level, market)).Concat(change.Asks.Select(level => Level("sell", level, market))));

    private string Level(string side, BookLevel level, WireMarket market) =>
        $$"""
        {"feed":"book",{{Product}},"side":"{{side}}","seq":{{++NumberOf(market).Value}},"price":{{WireText.Short(level.Price.Value)}},
         "qty":{{WireText.Short(level.Quantity.Value)}},"timestamp":{{market.Now.ToUnixTimeMilliseconds()}}}
        """;

    private string Snapshot(WireMarket market) =>
        $$"""
        {"feed":"book_snapshot",{{Product}},"timestamp":{{market.Now.ToUnixTimeMilliseconds()}},"seq":{{NumberOf(market).Value}},
         "tickSize":null,"bids":[{{Levels(market.Bids)}}],"asks":[{{Levels(market.Asks)}}]}
        """;

    private StrongBox<long> NumberOf(WireMarket market) => told.GetValue(market, _ => new(1000));

    private static string Levels(IEnumerable<BookLevel> levels) => string.Join(',', levels.Select(level =>
        $$"""{"price":{{WireText.Short(level.Price.Value)}},"qty":{{WireText.Short(level.Quantity.Value)}}}"""));

    private static string Rows(IEnumerable<BookLevel> levels) => string.Join(',', levels.Select(level =>
        $"[{WireText.Short(level.Price.Value)},{WireText.Short(level.Quantity.Value)}]"));
}
