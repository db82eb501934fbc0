using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Aggregation;

namespace Platform.Api.Markets;

/// <summary>A market at all its venues, and the one price that comes of them.</summary>
public static class VenueEndpoints
{
    extension(RouteGroupBuilder markets)
    {
        public void MapVenues()
        {
            markets.MapGet("/{market}/venues", Venues).RefusesUnknownMarket("market_data_unavailable");
            markets.MapGet("/{market}/price", Price).RefusesUnknownMarket("market_data_unavailable")
                .Refuses(StatusCodes.Status400BadRequest, "invalid_explain");
        }
    }

    private static Results<Ok<VenuesResponse>, ProblemHttpResult> Venues(
        string market, MarketCatalog catalog, MarketVenues desk, ConnectedVenues venues, Aggregator aggregator, TimeProvider time)
    {
        if (MarketEndpoints.Refusal(market, catalog, out var symbol) is { } noMarket)
            return noMarket;
        var explained = aggregator.Explain(new(symbol));
        var evidence = explained?.Venues.ToDictionary(venue => venue.Venue, venue => venue.Evidence);
        return TypedResults.Ok(new VenuesResponse(
            symbol, explained?.View.Index, explained?.View.Quality ?? default, explained?.View.BestBid, explained?.View.BestAsk,
            explained?.View.SpreadBps, time.GetUtcNow(),
            [
                .. desk.Of(symbol, levels: 0).Select(reading => VenueRow.Of(
                    reading, reading.Venue == venues.Home.Venue, evidence?.GetValueOrDefault(reading.Venue))),
            ]));
    }

    private static Results<Resource<PriceResponse>, ProblemHttpResult> Price(
        string market, string? explain, MarketCatalog catalog, Aggregator aggregator)
    {
        if (explain is not (null or "true" or "false"))
            return MarketProblems.InvalidExplain();
        if (MarketEndpoints.Refusal(market, catalog, out var symbol) is { } noMarket)
            return noMarket;
        return aggregator.Explain(new(symbol)) is { } explained
            ? new Resource<PriceResponse>(PriceResponse.Of(symbol, explained, explain is "true"))
            : MarketProblems.NothingKnownYet();
    }
}
