using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>
/// Open contracts (GET /fapi/v1/openInterest), mark and index price (GET /fapi/v1/premiumIndex) of Binance USD-margined
/// perpetuals.
/// </summary>
public sealed class BinanceOpenInterest(FetchClient client, IOptions<FetchingOptions> options) : IFetcher
{
    private const string Interest = "/openInterest";
    private const string Premium = "/premiumIndex";
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public FetcherTerms Terms { get; } = DerivativeMarkets.TermsOf(
        "exchange.open-interest", DerivativeMarkets.Binance, "Open interest, mark and index price",
        $"{DerivativeMarkets.BinanceDocumented}/fapi/v1/openInterest, /fapi/v1/premiumIndex", Every, GapRule.Each(Every * 5), kept: TimeSpan.FromDays(90));

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        var address = client.AddressOf(DerivativeMarkets.Binance, DerivativeMarkets.BinanceDocumented);
        return new([.. options.Value.PerpetualSymbols.SelectMany(symbol => (FetchCall[])
            [Call(symbol + Interest, $"{address}/fapi/v1/openInterest?symbol={symbol}"), Call(symbol + Premium, $"{address}/fapi/v1/premiumIndex?symbol={symbol}")])]);
    }

    public ParsedFacts Parse(RawAnswer raw)
    {
        using var json = JsonDocument.Parse(raw.Body);
        var told = json.RootElement;
        return ParsedFacts.Of(
        [
            new(raw.About, told.GetProperty("time").UnixMilliseconds, raw.At,
                raw.About.EndsWith(Interest, StringComparison.Ordinal) ? new OpenInterest(told.GetProperty("openInterest").ExactText) : Mark(told)),
        ]);
    }

    private FetchCall Call(string about, string address) => new(about, stop => client.AskAsync(new(DerivativeMarkets.Binance, address), stop));

    // Where no funding is due, as of a dated future, the rate is empty and the time zero.
    private static MarkPrice Mark(JsonElement told) => new(
        told.GetProperty("markPrice").ExactText, told.GetProperty("indexPrice").ExactText,
        told.GetProperty("lastFundingRate").GetString() is "" ? null : told.GetProperty("lastFundingRate").ExactText,
        told.GetProperty("nextFundingTime").GetInt64() is 0 ? null : told.GetProperty("nextFundingTime").UnixMilliseconds);
}
