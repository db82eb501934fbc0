using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Lists;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;
using Platform.Projections.Markets;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Markets.Aggregation.Cold;
using Platform.Workers.Markets.Registry;

namespace Platform.Api.Markets;

/// <summary>A market at all its venues, and the one price that comes of them.</summary>
public static class VenueEndpoints
{
    extension(RouteGroupBuilder markets)
    {
        public void MapVenues()
        {
            markets.MapGet("/{market}/venues", Venues).RefusesUnknownMarket("market_data_unavailable");
            markets.MapGet("/{market}/price", PriceAsync).RefusesUnknownMarket("market_data_unavailable")
                .Refuses(StatusCodes.Status404NotFound, "nothing_stored")
                .Refuses(StatusCodes.Status400BadRequest, "invalid_explain", "invalid_at");
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

    /// <param name="at">An instant of the past, of which the sample at or before it is told; now when it is left out.</param>
    private static async Task<Results<Resource<PriceResponse>, ProblemHttpResult>> PriceAsync(
        string market, string? explain, string? at, MarketCatalog catalog, Aggregator aggregator, KillSwitches switches, IndexSamples samples,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (explain is not (null or "true" or "false"))
            return MarketProblems.InvalidExplain();
        if (at is not null)
            return await PastAsync(market, explain is "true", at, samples, time, cancellationToken);
        if (MarketEndpoints.Refusal(market, catalog, out var symbol) is { } noMarket)
            return noMarket;
        return aggregator.Explain(new(symbol)) is { } explained
            ? new Resource<PriceResponse>(PriceResponse.Of(
                symbol, explained, explain is "true", venue => switches.WhyKilled(venue, VenueActivity.Data)))
            : MarketProblems.NothingKnownYet();
    }

    // What was sampled of a market stays readable when no venue lists it any more.
    private static async Task<Results<Resource<PriceResponse>, ProblemHttpResult>> PastAsync(
        string market, bool isExplained, string at, IndexSamples samples, TimeProvider time, CancellationToken cancellationToken)
    {
        if (FieldKind.Time.Parse(at) is not DateTimeOffset instant || instant > time.GetUtcNow() || instant.Year < 2000)
            return MarketProblems.InvalidAt();
        if (!Symbol.TryFrom(market, out var symbol))
            return MarketProblems.UnknownMarket(market);
        // Two periods: a sample is late by what it takes to make it.
        return await samples.FindAsync(new(symbol), instant, IndexSampling.Period * 2, cancellationToken) is { } sample
            ? new Resource<PriceResponse>(PriceResponse.Of(sample, isExplained))
            : MarketProblems.NothingStored();
    }
}
