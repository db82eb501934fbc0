using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>Funding rates of Bybit linear perpetuals (GET /v5/market/funding/history), the latest two hundred each time.</summary>
public sealed class BybitFunding(FetchClient client, IOptions<FetchingOptions> options) : IFetcher
{
    public FetcherTerms Terms { get; } = DerivativeMarkets.TermsOf(
        "exchange.funding", DerivativeMarkets.Bybit, "Funding rates and their history",
        $"{DerivativeMarkets.BybitDocumented}/v5/market/funding/history", TimeSpan.FromHours(1), GapRule.Each(TimeSpan.FromHours(8) + TimeSpan.FromMinutes(1)),
        kept: null);

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        var address = client.AddressOf(DerivativeMarkets.Bybit, DerivativeMarkets.BybitDocumented);
        return new(DerivativeMarkets.PerSymbol(
            client, DerivativeMarkets.Bybit, options.Value.PerpetualSymbols,
            symbol => $"{address}/v5/market/funding/history?category=linear&symbol={symbol}&limit=200"));
    }

    public ParsedFacts Parse(RawAnswer raw)
    {
        using var json = JsonDocument.Parse(raw.Body);
        // The venue answers its refusals with status 200.
        if (json.RootElement.GetProperty("retCode").GetInt32() is not 0 and var code)
            throw new FetchException(FetchFault.Refused, $"Bybit refused, {code}: {json.RootElement.GetProperty("retMsg").GetString()}");

        return ParsedFacts.Of([.. json.RootElement.GetProperty("result").GetProperty("list").EnumerateArray().Select(each => new Fact(
            each.GetProperty("symbol").GetString()!, each.GetProperty("fundingRateTimestamp").UnixMilliseconds, raw.At,
            new FundingRate(each.GetProperty("fundingRate").ExactText, MarkPrice: null)))]);
    }
}
