using System.Text.Json;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>What Binance answers about accounts on margin, in our words.</summary>
internal static class BinanceMarginAnswers
{
    private const string NoMarginAccount = "-3003";

    /// <summary>An account that was never opened for margin owes nothing.</summary>
    public static VenueAnswer<IReadOnlyList<T>> OrNone<T>(VenueAnswer<IReadOnlyList<T>> answer) =>
        answer is VenueAnswer<IReadOnlyList<T>>.Refused { Code: NoMarginAccount }
            ? new VenueAnswer<IReadOnlyList<T>>.Answered([])
            : answer;

    public static MarginThresholds ThresholdsOf(JsonElement bars) =>
        new(bars.Decimal("normalBar"), bars.Decimal("marginCallBar"), bars.Decimal("forceLiquidationBar"));

    public static MarginAccount CrossOf(JsonElement account, MarginThresholds thresholds)
    {
        var level = account.Decimal("marginLevel");
        return new(
            VenueSymbol: null, level, thresholds.StateOf(level), thresholds, LiquidationPrice: null,
            HeldOf(account.GetProperty("userAssets").EnumerateArray()));
    }

    /// <summary>One for each market; an account that was switched off may still hold something.</summary>
    public static IReadOnlyList<MarginAccount> IsolatedOf(JsonElement accounts) => accounts.Each("assets", account => new MarginAccount(
        account.Text("symbol"), account.Decimal("marginLevel"), StateOf(account.Text("marginLevelStatus")), Thresholds: null,
        account.PriceOrNone("liquidatePrice"), HeldOf([account.GetProperty("baseAsset"), account.GetProperty("quoteAsset")])));

    public static IReadOnlyList<LoanTerms> CrossTermsOf(JsonElement coins) => coins.Each(coin => new LoanTerms(
        VenueSymbol: null, coin.Text("coin"), coin.GetProperty("borrowable").GetBoolean(), coin.Decimal("dailyInterest"),
        coin.Quantity("borrowLimit")));

    public static IReadOnlyList<LoanTerms> IsolatedTermsOf(JsonElement markets) =>
    [
        .. from market in markets.EnumerateArray()
           from coin in market.GetProperty("data").EnumerateArray()
           select new LoanTerms(
               market.Text("symbol"), coin.Text("coin"), CanBorrow: true, coin.Decimal("dailyInterest"), coin.Quantity("borrowLimit")),
    ];

    public static IReadOnlyList<InterestRate> RatesOf(JsonElement rates) => rates.EachBackwards(rate =>
        new InterestRate(rate.Text("asset"), rate.Decimal("dailyInterestRate"), rate.Milliseconds("timestamp")));

    private static IReadOnlyList<MarginAsset> HeldOf(IEnumerable<JsonElement> assets) =>
    [
        .. from asset in assets
           let held = new MarginAsset(
               asset.Text("asset"), asset.Quantity("free"), asset.Quantity("locked"), asset.Quantity("borrowed"),
               asset.Quantity("interest"), asset.Decimal("netAsset"))
           where held.Free + held.Locked + held.Borrowed + held.Interest > Quantity.Zero
           select held,
    ];

    private static MarginState StateOf(string status) => status switch
    {
        "EXCESSIVE" => MarginState.Excessive,
        "NORMAL" => MarginState.Normal,
        "MARGIN_CALL" => MarginState.MarginCall,
        "PRE_LIQUIDATION" or "FORCE_LIQUIDATION" => MarginState.Liquidation,
        _ => throw new JsonException($"No such state: {status}."),
    };
}
