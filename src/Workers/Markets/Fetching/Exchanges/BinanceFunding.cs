using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Exchanges;

/// <summary>Funding rates of Binance USD-margined perpetuals (GET /fapi/v1/fundingRate), the latest hundred each time.</summary>
public sealed class BinanceFunding(FetchClient client, IOptions<FetchingOptions> options) : IFetcher
{
    public FetcherTerms Terms { get; } = DerivativeMarkets.TermsOf(
        "exchange.funding", DerivativeMarkets.Binance, "Funding rates and their history",
        $"{DerivativeMarkets.BinanceDocumented}/fapi/v1/fundingRate", TimeSpan.FromHours(1), GapRule.Each(TimeSpan.FromHours(8) + TimeSpan.FromMinutes(1)),
        kept: null);

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        var address = client.AddressOf(DerivativeMarkets.Binance, DerivativeMarkets.BinanceDocumented);
        return new(DerivativeMarkets.PerSymbol(
            client, DerivativeMarkets.Binance, options.Value.PerpetualSymbols, symbol => $"{address}/fapi/v1/fundingRate?symbol={symbol}&limit=100"));
    }

    public ParsedFacts Parse(RawAnswer raw)
    {
        using var json = JsonDocument.Parse(raw.Body);
        return ParsedFacts.Of([.. json.RootElement.EnumerateArray().Select(each => new Fact(
            each.GetProperty("symbol").GetString()!, each.GetProperty("fundingTime").UnixMilliseconds, raw.At,
            // The earliest entries of a contract have an empty mark price.
            new FundingRate(each.GetProperty("fundingRate").ExactText, each.Optional("markPrice") is { } mark && mark.GetString() is not "" ? mark.ExactText : null)))]);
    }
}
