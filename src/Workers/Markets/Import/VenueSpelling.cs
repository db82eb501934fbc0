using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Import;

/// <summary>
/// What a venue means by BTCUSDT. A spelling without a separator is cut before the longest quote asset that it ends with; where that
/// could be BUSD or TUSD as well as USD behind a B or a T (BNBUSD, DOTUSD), only where the base is a well-known one.
/// </summary>
public static class VenueSpelling
{
    // What the recorded venues are quoted in; a market in anything else has to be named.
    private static readonly string[] Quotes =
    [
        "FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USDP", "PYUSD", "RLUSD", "EURI", "AEUR", "BIDR", "IDRT", "BVND",
        "USD1", "BFUSD", "XUSD", "USDE", "USDS", "USDQ", "USDR", "EURQ", "EURR", "EUROP", "EURT", "EURC",
        "DAI", "USD", "EUR", "GBP", "JPY", "AUD", "CAD", "CHF", "TRY", "BRL", "RUB", "UAH", "NGN", "ZAR", "PLN", "RON", "ARS", "MXN", "COP", "CZK",
        "IDR", "AED", "UST", "PAX", "VAI", "DOT", "BTC", "XBT", "ETH", "BNB", "XRP", "TRX", "DOGE", "SOL",
    ];

    private static readonly string[] Ambiguous = ["BUSD", "TUSD"];

    private static readonly string[] WellKnown =
    [
        "BTC", "XBT", "ETH", "BNB", "XRP", "LTC", "BCH", "ADA", "DOT", "SOL", "DOGE", "TRX", "LINK", "AVAX", "UNI", "XLM", "ATOM", "NEAR",
        "APT", "BAT", "GRT", "ETC", "FIL", "AAVE", "ARB", "OP", "USDT", "WBTC", "SHIB", "TON", "SUI", "HBAR", "ICP", "XTZ", "EOS",
    ];

    /// <summary>Null when it cannot be told.</summary>
    public static MarketKey? MarketOf(string? symbol, InstrumentKind kind)
    {
        var upper = symbol?.ToUpperInvariant() ?? "";
        var quotes = Quotes.Where(each => upper.Length > each.Length && upper.EndsWith(each, StringComparison.Ordinal))
            .OrderByDescending(each => each.Length).ToList();
        var quote = quotes.Find(each => WellKnown.Contains(upper[..^each.Length], StringComparer.Ordinal))
            ?? quotes.FirstOrDefault();
        return quote is null || (Ambiguous.Contains(quote, StringComparer.Ordinal) && !WellKnown.Contains(upper[..^quote.Length], StringComparer.Ordinal))
            ? null
            : MarketOf(upper[..^quote.Length], quote, kind);
    }

    /// <summary>Null when an asset is spelled in a way that ours are not.</summary>
    public static MarketKey? MarketOf(string baseAsset, string quoteAsset, InstrumentKind kind) =>
        Symbol.TryFrom($"{Ours(baseAsset)}-{Ours(quoteAsset)}", out var market) ? new(market, kind) : null;

    // Older venues name Bitcoin as ISO 4217 would.
    private static string Ours(string asset) => string.Equals(asset, "XBT", StringComparison.Ordinal) ? "BTC" : asset;
}
