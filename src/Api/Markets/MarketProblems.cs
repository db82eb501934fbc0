using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Markets.Routing;

namespace Platform.Api.Markets;

internal static class MarketProblems
{
    private const string Amounts = "The amounts are venue:amount with commas between them, each a plain decimal from 0 on: kraken:1500,bybit:20.5.";

    public static ProblemHttpResult UnknownMarket(string market) => Of(
        StatusCodes.Status404NotFound, "unknown_market",
        $"The venue lists no market {Quoted(market)}.");

    public static ProblemHttpResult InvalidLimit(int max) => Of(
        StatusCodes.Status400BadRequest, "invalid_limit",
        $"The limit is a whole number from 1 to {max}.", "limit");

    public static ProblemHttpResult InvalidTimeframe() => Of(
        StatusCodes.Status400BadRequest, "invalid_timeframe",
        "The timeframe is a number and one of s, m, h, d, w, M (month), of at most one month: 1m, 4h, 1d.", "timeframe");

    public static ProblemHttpResult InvalidFill() => Of(
        StatusCodes.Status400BadRequest, "invalid_fill", "The fill is none, prev or zero.", "fill");

    public static ProblemHttpResult InvalidTime(string field) => Of(
        StatusCodes.Status400BadRequest, "invalid_time",
        "Times are from 1970 to 2099, written as 2026-01-31T23:59:00Z; from lies before to; coverage is told of 366 days at most.", field);

    public static ProblemHttpResult InvalidVenue() => Of(
        StatusCodes.Status400BadRequest, "invalid_venue", "A venue is named by 1 to 20 of a-z and 0-9.", "venue");

    public static ProblemHttpResult InvalidCursor() => Of(
        StatusCodes.Status400BadRequest, "invalid_cursor", "The cursor is none that this list gave you.", "cursor");

    public static ProblemHttpResult InvalidSide() => Of(
        StatusCodes.Status400BadRequest, "invalid_side", "The side is buy or sell.", "side");

    public static ProblemHttpResult InvalidQuantity() => Of(
        StatusCodes.Status400BadRequest, "invalid_quantity", "The quantity is a plain decimal above zero, such as 0.05.", "quantity");

    public static ProblemHttpResult InvalidVenues() => Of(
        StatusCodes.Status400BadRequest, "invalid_venues", "The venues are names with commas between them.", "venues");

    public static ProblemHttpResult InvalidLegs(int max) => Of(
        StatusCodes.Status400BadRequest, "invalid_max_legs", $"The legs are a whole number from 1 to {max}.", "maxLegs");

    public static ProblemHttpResult InvalidBalances() => Of(
        StatusCodes.Status400BadRequest, "invalid_balances", Amounts, "balances");

    public static ProblemHttpResult InvalidFixedCosts() => Of(
        StatusCodes.Status400BadRequest, "invalid_fixed_costs", Amounts, "fixedCosts");

    public static ProblemHttpResult InvalidExplain() => Of(
        StatusCodes.Status400BadRequest, "invalid_explain", "Explain is true or false.", "explain");

    public static ProblemHttpResult InvalidTop(int max) => Of(
        StatusCodes.Status400BadRequest, "invalid_top", $"The top is a whole number from 1 to {max}.", "top");

    public static ProblemHttpResult InvalidAt() => Of(
        StatusCodes.Status400BadRequest, "invalid_at", "The instant is an RFC 3339 time that has been, such as 2026-01-31T12:00:00Z.", "at");

    public static ProblemHttpResult NothingStored() => Of(
        StatusCodes.Status404NotFound, "nothing_stored", "Nothing is stored of the markets at that time.");

    public static ProblemHttpResult UnknownAsset() => Of(
        StatusCodes.Status404NotFound, "unknown_asset", "No market of the platform trades an asset of that name.");

    public static ProblemHttpResult NoPricesYet() => Of(
        StatusCodes.Status503ServiceUnavailable, "market_data_unavailable", "No asset has a price yet: the markets are only starting.");

    /// <param name="leftOut">Every venue that was asked, with its reason.</param>
    public static ProblemHttpResult NoRoute(IReadOnlyList<VenueLeftOut> leftOut) => leftOut switch
    {
        [] => Of(StatusCodes.Status422UnprocessableEntity, "no_route", "None of these venues has the market."),
        _ when leftOut.All(left => left.Reason is RouteExclusion.NoBook or RouteExclusion.StaleBook) => NothingKnownYet(),
        _ => Of(
            StatusCodes.Status422UnprocessableEntity, "no_route",
            $"No venue takes any of it: {string.Join(", ", leftOut.Select(left => $"{left.Venue} {Because(left.Reason)}"))}."),
    };

    public static ProblemHttpResult VenueUnavailable() => Of(
        StatusCodes.Status503ServiceUnavailable, "venue_unavailable",
        "The venue cannot be reached now; try again.");

    public static ProblemHttpResult NothingKnownYet() => Of(
        StatusCodes.Status503ServiceUnavailable, "market_data_unavailable",
        "Nothing is known of this market now: it is not followed, or its feed is only starting.");

    private static string Because(RouteExclusion reason) => reason switch
    {
        RouteExclusion.Halted => "takes no orders now",
        RouteExclusion.NoBook => "has no book that can be believed",
        RouteExclusion.StaleBook => "was not heard for too long",
        RouteExclusion.UnknownFee => "does not tell its fee",
        RouteExclusion.NothingAvailable => "has nothing on offer",
        RouteExclusion.UnderMinimum => "takes no part that small",
        RouteExclusion.NotNeeded => "is dearer",
        _ => throw new UnreachableException($"No such reason: {reason}"),
    };

    private static ProblemHttpResult Of(int status, string code, string detail, string? field = null) =>
        TypedResults.Problem(Problems.Details(new(code, detail, field), status));

    // What a stranger wrote is answered only as far as a market could be that long.
    private static string Quoted(string market) => market.Length <= 41 ? $"'{market}'" : "of that name";
}
