using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;
using Platform.Workers.Markets;

namespace Platform.Api.Markets.Registry;

/// <summary>What anyone may know of chains, and from each down to its assets, markets, exchanges and bridges.</summary>
public static class ChainEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapChains()
        {
            var chains = routes.MapGroup("/v1/chains").WithTags("Chains");
            chains.MapGet("/", ListChains).WithSummary("All chains that the platform knows").Lists(ChainLists.Chains)
                .Requires(OpenPermissions.ReadBlockchain);
            chains.MapGet("/{chainId}", Get).WithSummary("One chain, each fact with its source").OfAChain();
            chains.MapGet("/{chainId}/assets", Assets).WithSummary("The chain's assets and their contracts")
                .Lists(ChainLists.Assets).OfAChain();
            chains.MapGet("/{chainId}/markets", Markets).WithSummary("Markets of which an asset is on the chain")
                .Lists(ChainLists.Markets).OfAChain();
            chains.MapGet("/{chainId}/exchanges", ListExchanges).WithSummary("Exchanges that take and pay over the chain")
                .Lists(ChainLists.Exchanges).OfAChain();
            chains.MapGet("/{chainId}/bridges", Bridges).WithSummary("Ways from the chain to others")
                .Lists(ChainLists.Bridges).OfAChain();
            chains.MapGet("/{chainId}/wallets", Wallets).WithSummary("The caller's own wallets on the chain")
                .WithDescription("Wallets come with custody; until then nobody has any.").Lists(ChainLists.Wallets)
                .Requires(AccountPermissions.ReadAccount).Refuses(StatusCodes.Status404NotFound, "not_found");
        }
    }

    extension(RouteHandlerBuilder route)
    {
        private void OfAChain() =>
            route.Requires(OpenPermissions.ReadBlockchain).Refuses(StatusCodes.Status404NotFound, "not_found");
    }

    private static ListAnswer<ChainResponse> ListChains(ListQuery asked) =>
        new(ChainLists.Chains, asked, new MemorySource<ChainResponse>([.. Chains.All.Select(ChainResponse.Of)]));

    private static Results<Resource<ChainDetail>, ProblemHttpResult> Get(string chainId) =>
        Chains.Find(chainId) is { } chain ? new Resource<ChainDetail>(ChainDetail.Of(chain)) : Problems.From(Refusal.NotFound);

    private static Results<ListAnswer<ChainAssetResponse>, ProblemHttpResult> Assets(string chainId, ListQuery asked) =>
        ListOf(chainId, asked, ChainLists.Assets, chain => chain.Assets.Select(asset => ChainAssetResponse.Of(chain, asset)));

    private static Results<ListAnswer<ChainMarketResponse>, ProblemHttpResult> Markets(
        string chainId, ListQuery asked, MarketCatalog catalog, ConnectedVenues venues) =>
        ListOf(chainId, asked, ChainLists.Markets, chain => venues.All.SelectMany(venue => MarketsOf(chain, catalog.InstrumentsOf(venue.Venue) ?? [])));

    private static Results<ListAnswer<ChainExchangeResponse>, ProblemHttpResult> ListExchanges(
        string chainId, ListQuery asked, Exchanges exchanges) =>
        ListOf(chainId, asked, ChainLists.Exchanges, chain =>
            from venue in Venues.All
            from over in venue.Chains
            where over.IsOver(chain)
            select new ChainExchangeResponse(
                chain.Id, venue.Id, venue.Name, exchanges.StatusOf(venue.Id), over.Network, over.Source, over.Evidence, over.At));

    private static Results<ListAnswer<ChainBridgeResponse>, ProblemHttpResult> Bridges(string chainId, ListQuery asked) =>
        ListOf(chainId, asked, ChainLists.Bridges, chain =>
            from bridge in Chains.Bridges
            from route in bridge.Routes
            let to = route.From(chain.Id)
            where to is not null
            select new ChainBridgeResponse(
                $"{bridge.Id}:{to}", chain.Id, to, bridge.Id, bridge.Name, bridge.Kind, route.Assets, route.Contract, route.Source, route.At));

    // Wallets come with custody; until then nobody has any.
    private static Results<ListAnswer<ChainWalletResponse>, ProblemHttpResult> Wallets(string chainId, ListQuery asked) =>
        ListOf(chainId, asked, ChainLists.Wallets, _ => []);

    private static IEnumerable<ChainMarketResponse> MarketsOf(Chain chain, IReadOnlyList<Instrument> listed)
    {
        var here = chain.Assets.Select(asset => asset.Asset).ToHashSet();
        return from each in listed
               where each is { IsTrading: true, Kind: InstrumentKind.Spot }
               let which = (here.Contains(each.Market.Base), here.Contains(each.Market.Quote))
               where which is not (false, false)
               select new ChainMarketResponse(
                   $"{each.Venue}:{each.Market}", chain.Id, each.Market, each.Market.Base, each.Market.Quote, each.Venue, which switch
                   {
                       (true, true) => OnChain.Both,
                       (true, _) => OnChain.Base,
                       _ => OnChain.Quote,
                   });
    }

    private static Results<ListAnswer<T>, ProblemHttpResult> ListOf<T>(
        string chainId, ListQuery asked, ListOf<T> list, Func<Chain, IEnumerable<T>> items) => Chains.Find(chainId) is { } chain
        ? new ListAnswer<T>(list, asked, new MemorySource<T>([.. items(chain)]))
        : Problems.From(Refusal.NotFound);
}
