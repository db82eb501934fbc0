using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Routing;
using Platform.Domain.Values;
using Platform.Workers.Markets;

namespace Platform.Api.Markets;

/// <param name="LeftOut">By name, every venue without a leg, with the reason.</param>
public sealed record RouteResponse(RouteEstimate Route, IReadOnlyList<VenueLeftOut> LeftOut);

/// <summary>Where an order would trade best now, over the live books.</summary>
public static class RouteEndpoints
{
    // Deeper than any order that a person places; so many sets of venues are to be tried within a request.
    private const int Levels = 200;
    private const int LegsMax = 10;
    private const int NameMax = 40;
    private const int LegsByDefault = 4;

    // More than anybody has, and little enough to be counted with.
    private const decimal AmountMax = 1_000_000_000_000_000;

    extension(RouteGroupBuilder markets)
    {
        public void MapRoute() => markets.MapGet("/{market}/route", Route).RefusesUnknownMarket("market_data_unavailable")
            .WithDescription(
                "balances: what there is to buy with (quote units) or to sell (base units), as venue:amount with commas between; no other venue "
                + "is used then. fixedCosts: what using a venue costs at all, in quote units, written alike.")
            .Refuses(
                StatusCodes.Status400BadRequest, "invalid_side", "invalid_quantity", "invalid_venues", "invalid_max_legs",
                "invalid_balances", "invalid_fixed_costs")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "no_route");
    }

    private static Results<Ok<RouteResponse>, ProblemHttpResult> Route(
        string market, string? side, string? quantity, string? venues, string? maxLegs, string? balances, string? fixedCosts,
        MarketCatalog catalog, MarketVenues desk, TimeProvider time)
    {
        if (!WordConverter.TryParse<TakerSide>(side, out var taker))
            return MarketProblems.InvalidSide();
        if (!ExactDecimal.TryParse(quantity, out var wanted) || wanted <= 0)
            return MarketProblems.InvalidQuantity();
        if (VenuesOf(venues) is not { } names)
            return MarketProblems.InvalidVenues();
        if (LegsOf(maxLegs) is not { } legs)
            return MarketProblems.InvalidLegs(LegsMax);
        if (AmountsOf(balances) is not { } available)
            return MarketProblems.InvalidBalances();
        if (AmountsOf(fixedCosts) is not { } costs)
            return MarketProblems.InvalidFixedCosts();
        if (MarketEndpoints.Refusal(market, catalog, out var symbol) is { } noMarket)
            return noMarket;

        var result = SmartRoute.Estimate(
            new(symbol, taker, Quantity.From(wanted), legs, time.GetUtcNow()), desk.ForRoute(symbol, Levels, new(names, available, costs)));
        return result.Estimate is { } route
            ? TypedResults.Ok(new RouteResponse(route, result.LeftOut))
            : MarketProblems.NoRoute(result.LeftOut);
    }

    private static int? LegsOf(string? text)
    {
        if (text is null)
            return LegsByDefault;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var legs) && legs is >= 1 and <= LegsMax ? legs : null;
    }

    // Null: not amounts, or a venue twice.
    private static Dictionary<VenueId, decimal>? AmountsOf(string? text)
    {
        Dictionary<VenueId, decimal> amounts = [];
        foreach (var part in text?.Split(',') ?? [])
            if (part.Split(':') is not [{ Length: > 0 and <= NameMax } name, var amount]
                || !ExactDecimal.TryParse(amount, out var value) || value is < 0 or > AmountMax
                || !amounts.TryAdd(VenueId.From(name), value))
                return null;

        return amounts.Count <= SmartRoute.VenuesMax ? amounts : null;
    }

    // Null: not names. A name that no venue has finds none, and is told so.
    private static HashSet<VenueId>? VenuesOf(string? text)
    {
        string[] names = text?.Split(',') ?? [];
        return names.Length <= SmartRoute.VenuesMax && names.All(name => name.Length is > 0 and <= NameMax)
            ? [.. names.Select(VenueId.From)]
            : null;
    }
}
