using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>KuCoin spot (2026-07): streams begin with a ticket.</summary>
internal sealed class KuCoinWire : IWireFormat
{
    private const string Symbols = """
        [{"symbol":"BTC-USDT","baseCurrency":"BTC","quoteCurrency":"USDT","baseMinSize":"0.00001","baseMaxSize":"10000",
          "baseIncrement":"0.00000001","priceIncrement":"0.01","minFunds":"0.1","enableTrading":true}]
        """;

    public string Connector => "kucoin";

    public string? Answer(HttpRequest request, WireMarket market) => request.Path.Value switch
    {
        "/api/v1/bullet-public" =>
            Wrapped($$"""{"token":"t","instanceServers":[{"endpoint":"ws://{{request.Host}}/","pingInterval":18000}]}"""),
        "/api/v2/symbols" => Wrapped(Symbols),
        "/api/v1/market/orderbook/level2_20" or "/api/v1/market/orderbook/level2_100" => Wrapped(
            $$"""{"sequence":"{{market.Sequence}}","time":1,"bids":{{WireText.Pairs(market.Bids)}},"asks":{{WireText.Pairs(market.Asks)}} }"""),
        "/api/v1/market/allTickers" => Wrapped("""{"time":1,"ticker":[]}"""),
        "/api/v1/market/histories" or "/api/v1/market/candles" => Wrapped("[]"),
        _ => null,
    };

    public WireReply Greet(HttpRequest request, WireMarket market) => new(["""{"id":"1","type":"welcome"}"""], StartsFeed: false);

    public WireReply Reply(string message, WireMarket market) => new(
        ["""{"id":"1","type":"ack"}"""], message.Contains("/market/level2:BTC-USDT", StringComparison.Ordinal));

    public string Trade(in PublicTrade trade, WireMarket market) =>
        $$$"""
        {"type":"message","topic":"/market/match:BTC-USDT","subject":"trade.l3match","data":{"sequence":"{{{trade.Id}}}",
         "side":"{{{WireText.SideOf(trade)}}}","price":"{{{WireText.Padded(trade.Price.Value)}}}",
         "size":"{{{WireText.Padded(trade.Quantity.Value)}}}","time":"{{{trade.At.ToUnixTimeMilliseconds()}}}000000"}}
        """;

    public string Depth(WireChange change, WireMarket market, bool isChecksumWrong) =>
        $$"""
        {"type":"message","topic":"/market/level2:BTC-USDT","subject":"trade.l2update","data":{"changes":{
         "asks":{{Changes(change.Asks, change.Last)}},"bids":{{Changes(change.Bids, change.Last)}} },
         "sequenceStart":{{change.First}},"sequenceEnd":{{change.Last}},"time":{{change.At.ToUnixTimeMilliseconds()}} } }
        """;

    private static string Wrapped(string data) => $$"""{"code":"200000","data":{{data}} }""";

    private static string Changes(IEnumerable<BookLevel> levels, long number) => JsonSerializer.Serialize(levels.Select(level =>
        (string[])[WireText.Padded(level.Price.Value), WireText.Padded(level.Quantity.Value), WireText.Short(number)]));
}
