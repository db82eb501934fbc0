using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets;

namespace Platform.Api.Markets;

/// <summary>What anyone may know of the markets, without signing in; from memory, but for bars.</summary>
public static class MarketEndpoints
{
    private const int LimitMax = 1000;

    extension(IEndpointRouteBuilder routes)
    {
        public RouteGroupBuilder MapMarkets()
        {
            var markets = routes.MapGroup("/v1/markets").WithTags("Markets").Requires(OpenPermissions.ReadMarkets).RefusesStrangeParameters();
            markets.MapGet("/", List).Lists(MarketLists.Markets).Refuses(StatusCodes.Status503ServiceUnavailable, "venue_unavailable");
            markets.MapGet("/{market}/ticker", Ticker).RefusesUnknownMarket("market_data_unavailable");
            markets.MapGet("/{market}/book", Book).RefusesUnknownMarket("market_data_unavailable")
                .Refuses(StatusCodes.Status400BadRequest, "invalid_limit");
            markets.MapGet("/{market}/trades", Trades).RefusesUnknownMarket("market_data_unavailable")
                .Refuses(StatusCodes.Status400BadRequest, "invalid_limit");
            markets.MapRoute();
            markets.MapVenues();
            markets.MapBars();
            markets.MapRestatements();
            return markets;
        }
    }

    extension(RouteHandlerBuilder route)
    {
        internal RouteHandlerBuilder RefusesUnknownMarket(params IReadOnlyList<string> unavailable) => route
            .Refuses(StatusCodes.Status404NotFound, "unknown_market")
            .Refuses(StatusCodes.Status503ServiceUnavailable, ["venue_unavailable", .. unavailable]);
    }

    private static Results<ListAnswer<MarketResponse>, ProblemHttpResult> List(
        ListQuery asked, MarketCatalog catalog, IOptions<VenueOptions> options) => catalog.All is { } all
        ? new ListAnswer<MarketResponse>(MarketLists.Markets, asked, new MemorySource<MarketResponse>(
            [.. all.Where(listed => listed.IsTrading).Select(listed => MarketResponse.Of(listed.Rules, options.Value.Name))]))
        : MarketProblems.VenueUnavailable();

    private static Results<Resource<Ticker>, ProblemHttpResult> Ticker(
        string market, MarketCatalog catalog, MarketBoard board)
    {
        if (Refusal(market, catalog, out var symbol) is { } noMarket)
            return noMarket;
        return board.Ticker(symbol) is { } ticker ? new Resource<Ticker>(ticker) : MarketProblems.NothingKnownYet();
    }

    private static Results<Resource<BookResponse>, ProblemHttpResult> Book(
        string market, string? limit, MarketCatalog catalog, MarketBoard board)
    {
        if (Refusal(limit, 20, out var levels) is { } badLimit)
            return badLimit;
        if (Refusal(market, catalog, out var symbol) is { } noMarket)
            return noMarket;
        return board.Book(symbol, levels) is { } reading
            ? new Resource<BookResponse>(BookResponse.Of(symbol, reading))
            : MarketProblems.NothingKnownYet();
    }

    private static Results<Ok<ItemsResponse<PublicTrade>>, ProblemHttpResult> Trades(
        string market, string? limit, MarketCatalog catalog, MarketBoard board)
    {
        if (Refusal(limit, 50, out var count) is { } badLimit)
            return badLimit;
        if (Refusal(market, catalog, out var symbol) is { } noMarket)
            return noMarket;
        return board.Tape(symbol, count) is { } trades
            ? Items(trades)
            : MarketProblems.NothingKnownYet();
    }

    private static Ok<ItemsResponse<T>> Items<T>(IEnumerable<T> items) =>
        TypedResults.Ok(new ItemsResponse<T>([.. items]));

    internal static ProblemHttpResult? Refusal(string market, MarketCatalog catalog, out Symbol symbol)
    {
        if (!Symbol.TryFrom(market, out symbol))
            return MarketProblems.UnknownMarket(market);
        return catalog.Find(symbol).Match<ProblemHttpResult?>(
            _ => null,
            () => MarketProblems.UnknownMarket(market),
            MarketProblems.VenueUnavailable);
    }

    private static ProblemHttpResult? Refusal(string? text, int byDefault, out int limit)
    {
        limit = byDefault;
        return text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
            && limit is >= 1 and <= LimitMax)
            ? null
            : MarketProblems.InvalidLimit(LimitMax);
    }
}
