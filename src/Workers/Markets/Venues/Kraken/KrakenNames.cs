using System.Collections.Frozen;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Kraken;

/// <summary>Kraken's names and ours: it calls BTC XBT and DOGE XDG, and its oldest assets have a letter before them.</summary>
internal static class KrakenNames
{
    private static readonly FrozenDictionary<string, string> Ours = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["XBT"] = "BTC", ["XXBT"] = "BTC", ["XDG"] = "DOGE", ["XXDG"] = "DOGE", ["XETH"] = "ETH", ["XLTC"] = "LTC",
        ["XXRP"] = "XRP", ["XXLM"] = "XLM", ["XXMR"] = "XMR", ["XZEC"] = "ZEC", ["XETC"] = "ETC", ["XREP"] = "REP",
        ["XMLN"] = "MLN", ["ZUSD"] = "USD", ["ZEUR"] = "EUR", ["ZGBP"] = "GBP", ["ZJPY"] = "JPY", ["ZCAD"] = "CAD",
        ["ZAUD"] = "AUD",
    }.ToFrozenDictionary();

    /// <summary>BTC for XXBT; names that are the same with us stay.</summary>
    public static string OursOf(string asset) => Ours.GetValueOrDefault(asset, asset);

    /// <summary>XBT for BTC: what requests understand.</summary>
    public static string TheirsOf(Asset asset) => asset.Value switch
    {
        "BTC" => "XBT",
        "DOGE" => "XDG",
        var other => other,
    };

    /// <summary>Null for what the platform cannot name.</summary>
    /// <param name="pair">With a slash, as wsname has it: XBT/USDT.</param>
    public static Symbol? MarketOf(string pair) =>
        pair.Split('/') is [var left, var right] && Symbol.TryFrom($"{OursOf(left)}/{OursOf(right)}", out var market) ? market : null;

    /// <summary>As WebSocket version 2 writes it: BTC/USDT.</summary>
    public static string StreamNameOf(Instrument instrument) => $"{instrument.Market.Base}/{instrument.Market.Quote}";
}
