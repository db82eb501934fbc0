using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>Bitfinex (API v2 and WebSocket API v2, 2026-07): arrays by the numbers of channels, counted and summed up.</summary>
internal sealed class BitfinexWire : IWireFormat
{
    private const int TradesChannel = 11;
    private const int BookChannel = 12;
    private const int SummedLevels = 25;

    // One count will do: a connection takes its first message for the start.
    private long count;

    public string Connector => "bitfinex";

    public string? Answer(HttpRequest request, WireMarket market) => request.Path.Value switch
    {
        "/v2/conf/pub:info:pair,pub:map:currency:sym" =>
            """[[["BTCUST",[null,null,null,"0.00006","2000.0",null,null,null,null,null,null,null]]],[["UST","USDt"]]]""",
        "/v2/book/tBTCUST/P0" => Rows(market),
        "/v2/platform/status" => "[1]",
        "/v2/trades/tBTCUST/hist" or "/v2/candles/trade:1m:tBTCUST/hist" or "/v2/tickers" => "[]",
        _ => null,
    };

    public WireReply Reply(string message, WireMarket market)
    {
        var told = JsonDocument.Parse(message).RootElement;
        return told.TryGetProperty("channel", out var channel)
            ? channel.GetString() switch
            {
                "trades" => new([Subscribed("trades", TradesChannel)], StartsFeed: false),
                "book" => new(
                    [Subscribed("book", BookChannel), $"[{BookChannel},{Rows(market)},{Next()}]"], StartsFeed: true),
                _ => WireReply.Nothing,
            }
            : WireReply.Nothing;
    }

    public string Trade(in PublicTrade trade, WireMarket market)
    {
        var amount = trade.TakerSide is TakerSide.Buy ? trade.Quantity.Value : -trade.Quantity.Value;
        return $"""[{TradesChannel},"te",[{trade.Id},{trade.At.ToUnixTimeMilliseconds()},{WireText.Short(amount)},{WireText.Short(trade.Price.Value)}],{Next()}]""";
    }

    public string Depth(WireChange change, WireMarket market, bool isChecksumWrong)
    {
        var levels = change.Bids.Select(level => Row(level, 1)).Concat(change.Asks.Select(level => Row(level, -1)));
        var messages = levels.Select(row => $"[{BookChannel},{row},{Next()}]").ToList();
        var sum = unchecked((int)Crc32.HashToUInt32(Encoding.ASCII.GetBytes(Summed(market)))) + (isChecksumWrong ? 1 : 0);
        messages.Add($"[{BookChannel},\"cs\",{sum.ToString(CultureInfo.InvariantCulture)},{Next()}]");
        return string.Join(WireConnection.Divider, messages);
    }

    private string Next() => (++count).ToString(CultureInfo.InvariantCulture);

    private static string Subscribed(string channel, int number) =>
        $$"""{"event":"subscribed","channel":"{{channel}}","chanId":{{number}},"symbol":"tBTCUST","pair":"BTCUST"}""";

    private static string Rows(WireMarket market) =>
        $"[{string.Join(',', market.Bids.Select(level => Row(level, 1)).Concat(market.Asks.Select(level => Row(level, -1))))}]";

    // [price, orders, amount]; nothing is left of a level without orders.
    private static string Row(BookLevel level, int sign) => level.Quantity.Value == 0
        ? $"[{WireText.Short(level.Price.Value)},0,{sign.ToString(CultureInfo.InvariantCulture)}]"
        : $"[{WireText.Short(level.Price.Value)},1,{WireText.Short(sign * level.Quantity.Value)}]";

    private static string Summed(WireMarket market)
    {
        List<string> parts = [];
        for (var level = 0; level < SummedLevels; level++)
        {
            if (level < market.Bids.Count)
                parts.Add($"{WireText.Short(market.Bids[level].Price.Value)}:{WireText.Short(market.Bids[level].Quantity.Value)}");
            if (level < market.Asks.Count)
                parts.Add($"{WireText.Short(market.Asks[level].Price.Value)}:{WireText.Short(-market.Asks[level].Quantity.Value)}");
        }

        return string.Join(':', parts);
    }
}
