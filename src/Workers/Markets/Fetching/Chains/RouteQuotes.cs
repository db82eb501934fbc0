using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets.Fetching;

namespace Platform.Workers.Markets.Fetching.Chains;

/// <summary>What moving money over the wished routes would bring, by LI.FI (GET /v1/quote).</summary>
public sealed class RouteQuotes(FetchClient client, IOptions<FetchingOptions> options) : IFetcher
{
    private const string Source = "lifi";
    private const string Documented = "https://li.quest";

    public FetcherTerms Terms { get; } = new(
        FetcherId.Of("chain.routes", Source), "Quotes of swaps and bridges", $"{Documented}/v1/quote", FetchSchedule.Every(TimeSpan.FromMinutes(15)),
        // What is let in without a key.
        new(Source, CallsMax: 200, TimeSpan.FromHours(2)), new("LI.FI terms of use"), StaleAfter: TimeSpan.FromHours(1), GapRule.None, Parser: 1,
        RawKept: TimeSpan.FromDays(7), FactsKept: TimeSpan.FromDays(90));

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        var address = client.AddressOf(Source, Documented);
        return new([.. options.Value.Routes.Select(wish => new FetchCall(
            $"{wish.FromChain}:{wish.FromToken}>{wish.ToChain}:{wish.ToToken}:{wish.FromAmount}",
            stop => client.AskAsync(new(Source, $"{address}/v1/quote?{Query(wish)}"), stop)))]);
    }

    public ParsedFacts Parse(RawAnswer raw)
    {
        using var json = JsonDocument.Parse(raw.Body);
        var (action, estimate) = (json.RootElement.GetProperty("action"), json.RootElement.GetProperty("estimate"));
        var (from, to) = (action.GetProperty("fromToken"), action.GetProperty("toToken"));
        return (Amount(estimate, "fromAmount", from), Amount(estimate, "toAmount", to), Amount(estimate, "toAmountMin", to)) is ({ } sent, { } got, { } least)
            ? ParsedFacts.Of(
            [
                new(raw.About, raw.At, raw.At, new RouteQuote(
                    json.RootElement.GetProperty("tool").GetString()!, Symbol(from), sent, Symbol(to), got, least, Usd(estimate, "feeCosts"),
                    Usd(estimate, "gasCosts"), (int?)estimate.Optional("executionDuration")?.Computed)),
            ])
            : new([], [new(raw.About, "An amount is beyond a decimal.")]);
    }

    private static string Query(RouteWish wish)
    {
        (string Name, string Value)[] pairs =
        [
            ("fromChain", wish.FromChain), ("toChain", wish.ToChain), ("fromToken", wish.FromToken), ("toToken", wish.ToToken),
            ("fromAmount", wish.FromAmount), ("fromAddress", wish.FromAddress),
        ];
        return string.Join('&', pairs.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
    }

    private static decimal? Amount(JsonElement estimate, string member, JsonElement token) => TokenAmount.Exact(
        BigInteger.Parse(estimate.GetProperty(member).GetString()!, NumberStyles.None, CultureInfo.InvariantCulture),
        token.GetProperty("decimals").GetInt32());

    private static string Symbol(JsonElement token) => token.GetProperty("symbol").GetString()!;

    // Null when any part of the cost is not told in dollars: a sum of the others would look like less than it is.
    private static decimal? Usd(JsonElement estimate, string member) =>
        estimate.Optional(member) is { } costs && costs.EnumerateArray().Select(cost => cost.Optional("amountUSD")).ToList() is var told
            && told.TrueForAll(usd => usd is not null)
            ? told.Sum(usd => usd!.Value.ExactText)
            : null;
}
