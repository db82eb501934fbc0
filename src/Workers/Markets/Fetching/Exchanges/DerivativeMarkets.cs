using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>What the fetchers of perpetual futures have in common: public addresses, asked symbol by symbol.</summary>
internal static class DerivativeMarkets
{
    public const string Binance = "binance-futures";
    public const string BinanceDocumented = "https://fapi.binance.com";
    public const string Bybit = "bybit";
    public const string BybitDocumented = "https://api.bybit.com";

    public static FetcherTerms TermsOf(string type, string source, string summary, string address, TimeSpan every, GapRule gaps, TimeSpan? kept) => new(
        FetcherId.Of(type, source), summary, address, FetchSchedule.Every(every), new(source, CallsMax: 400, TimeSpan.FromMinutes(1)),
        Licence.OwnAccess, StaleAfter: (every * 4) + TimeSpan.FromMinutes(1), gaps, Parser: 1, RawKept: TimeSpan.FromDays(7), FactsKept: kept);

    public static IReadOnlyList<FetchCall> PerSymbol(
        FetchClient client, string source, IEnumerable<string> symbols, Func<string, string> addressOf) =>
        [.. symbols.Select(symbol => new FetchCall(symbol, stop => client.AskAsync(new(source, addressOf(symbol)), stop)))];
}
