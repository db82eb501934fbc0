using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;

namespace Platform.Api.Markets.Registry;

/// <summary>What anyone may know of exchanges and countries, without signing in.</summary>
public static class ExchangeEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapExchanges()
        {
            var exchanges = routes.MapGroup("/v1/exchanges").WithTags("Exchanges").Requires(OpenPermissions.ReadExchanges);
            exchanges.MapGet("/", ListAsync).WithSummary("All exchanges that the platform knows").Lists(ExchangeLists.Exchanges);
            exchanges.MapGet("/{exchangeId}", GetAsync)
                .WithSummary("One exchange: thirty capabilities with their evidence, fees, limits, kill switches")
                .Refuses(StatusCodes.Status404NotFound, "not_found");
            exchanges.MapGet("/{exchangeId}/markets", ListMarkets)
                .WithSummary("What the exchange lists or listed, as far as the platform recorded it").Lists(ExchangeLists.Markets)
                .Refuses(StatusCodes.Status404NotFound, "not_found");
            exchanges.MapGet("/{exchangeId}/markets/{market}/rules", RulesAsync)
                .WithSummary("The rules that orders keep to, as of an instant")
                .Refuses(StatusCodes.Status404NotFound, "not_found").Refuses(StatusCodes.Status400BadRequest, "invalid_time");
            routes.MapGet("/v1/countries", List).WithTags("Countries").WithSummary("ISO 3166-1, with regions, calling codes and currencies")
                .Lists(ExchangeLists.Countries).Requires(OpenPermissions.ReadCountries);
        }
    }

    private static ListAnswer<Country> List(ListQuery asked) =>
        new(ExchangeLists.Countries, asked, new MemorySource<Country>(Countries.All));

    private static async Task<ListAnswer<ExchangeResponse>> ListAsync(
        ListQuery asked, Exchanges exchanges, CancellationToken cancellationToken) => new(
        ExchangeLists.Exchanges, asked,
        new MemorySource<ExchangeResponse>([.. (await exchanges.AllAsync(cancellationToken)).Select(ExchangeResponse.Of)]));

    private static async Task<Results<Resource<ExchangeDetail>, ProblemHttpResult>> GetAsync(
        string exchangeId, Exchanges exchanges, CancellationToken cancellationToken) =>
        await exchanges.FindAsync(VenueId.From(exchangeId), cancellationToken) is { } detail
            ? new Resource<ExchangeDetail>(detail)
            : Problems.From(Refusal.NotFound);

    private static Results<ListAnswer<ListedMarketResponse>, ProblemHttpResult> ListMarkets(
        string exchangeId, ListQuery asked, IDocumentStore store, TimeProvider time) =>
        Venues.Find(VenueId.From(exchangeId)) is { } venue
            ? new ListAnswer<ListedMarketResponse>(ExchangeLists.Markets, asked, ExchangeLists.MarketsOf(venue, time.GetUtcNow(), store))
            : Problems.From(Refusal.NotFound);

    private static async Task<Results<Resource<InstrumentRulesResponse>, ProblemHttpResult>> RulesAsync(
        string exchangeId, string market, string? at, IDocumentStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        if ((at is null ? time.GetUtcNow() : FieldKind.Time.Parse(at)) is not DateTimeOffset instant)
            return Problems.From(new("invalid_time", "The instant is an RFC 3339 time such as 2026-01-31T12:00:00Z.", "at"), StatusCodes.Status400BadRequest);
        if (!Symbol.TryFrom(market, out var symbol))
            return Problems.From(Refusal.NotFound);

        var venue = VenueId.From(exchangeId);
        await using var session = store.QuerySession();
        var instrument = await session.LoadAsync<ListedInstrument>(ListedInstrumentId.For(venue, symbol), cancellationToken);
        return instrument?.RulesAt(instant) is { } held
            ? new Resource<InstrumentRulesResponse>(new(
                venue, symbol, held.Rules, held.EffectiveFrom, instrument.Rules.FirstOrDefault(next => next.EffectiveFrom > instant)?.EffectiveFrom, held.Source))
            : Problems.From(Refusal.NotFound);
    }
}
