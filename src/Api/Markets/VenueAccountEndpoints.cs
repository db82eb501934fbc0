using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Fetching.Accounts;

namespace Platform.Api.Markets;

/// <summary>What staff sees of the platform's accounts at exchanges: held, owed, and what changed it.</summary>
public static class VenueAccountEndpoints
{
    public static ListOf<AccountActivityResponse> Activity { get; } = new("account-activity", "id", "-at",
    [
        Field<AccountActivityResponse>.Text("id", each => each.Id, "id"),
        Field<AccountActivityResponse>.Time("at", each => each.At, "at") with { IsSortable = true },
        Field<AccountActivityResponse>.Text("kind", each => each.Kind, "(data ->> 'kind')"),
        Field<AccountActivityResponse>.Text("asset", each => each.Asset, "(data ->> 'asset')") with { IsSearched = true },
        Field<AccountActivityResponse>.Money("change", each => each.Change, each => each.Asset),
        Field<AccountActivityResponse>.Text("note", each => each.Note, "(data ->> 'note')") with { IsNullable = true },
        Field<AccountActivityResponse>.Text("wallet", each => each.Wallet, "(data ->> 'wallet')") with { IsNullable = true },
    ]);

    extension(IEndpointRouteBuilder app)
    {
        public void MapVenueAccounts()
        {
            var account = app.MapGroup("/v1/exchanges/{exchangeId}/account").WithTags("Staff").Requires(PlatformPermissions.ReadFetchers);
            account.MapGet("/", GetAsync)
                .WithSummary("What the platform's account at the exchange holds and owes, by the exchange's last word")
                .Refuses(StatusCodes.Status404NotFound, "not_found");
            account.MapGet("/activity", List)
                .WithSummary("What changed its balances beside orders, deposits and withdrawals").Lists(Activity)
                .Refuses(StatusCodes.Status404NotFound, "not_found");
        }
    }

    private static async Task<Results<Resource<VenueAccountResponse>, ProblemHttpResult>> GetAsync(
        string exchangeId, ConnectedVenues venues, AccountLooks looks, CancellationToken cancellationToken)
    {
        if (venues.Find(VenueId.From(exchangeId))?.Venue is not { } venue)
            return Problems.From(Refusal.NotFound);

        return new Resource<VenueAccountResponse>(new(
            venue, LookResponse<HeldResponse>.Of(await looks.BalancesAsync(venue, cancellationToken), HeldResponse.Of),
            LookResponse<ContractsResponse>.Of(await looks.PositionsAsync(venue, cancellationToken), ContractsResponse.Of),
            LookResponse<HeldResponse>.Of(await looks.CollateralAsync(venue, cancellationToken), HeldResponse.Of),
            LookResponse<MarginResponse>.Of(await looks.MarginAsync(venue, cancellationToken), MarginResponse.Of)));
    }

    private static Results<ListAnswer<AccountActivityResponse>, ProblemHttpResult> List(
        string exchangeId, ListQuery asked, ConnectedVenues venues, IDocumentStore store) =>
        venues.Find(VenueId.From(exchangeId))?.Venue is { } venue
            ? new ListAnswer<AccountActivityResponse>(Activity, asked, new DocumentSource<AccountActivityResponse, AccountActivityResponse>(
                store, MovementsOf(venue), tenant: null, movement => movement))
            : Problems.From(Refusal.NotFound);

    // The last word on each; the venue is one of the configuration's.
    private static string MovementsOf(VenueId venue) =>
        $"""
        (select id, at, content || jsonb_build_object('id', id, 'at', at, 'change', (content ->> 'change')::numeric) as data from (
            select distinct on (subject, at) subject || '@' || (extract(epoch from at) * 1000)::bigint as id, at, content
            from {PlatformStore.Schema}.fetched_fact where fetcher = '{AccountLooks.MovementsAt(venue)}'
            order by subject, at, published_at desc) as latest) as movements
        """;
}
