using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets.Registry;

public sealed class ChainsTests
{
    [Fact]
    public void At_least_eleven_chains_and_six_bridges_are_known()
    {
        Assert.InRange(Chains.All.Count, 11, 100);
        Assert.InRange(Chains.Bridges.Count, 6, 100);
        Assert.All(Chains.All, chain => Assert.Same(chain, Chains.Find(chain.Id)));
        Assert.Null(Chains.Find("nowhere"));
    }

    [Fact]
    public void Chain_has_a_name_that_the_world_shares()
    {
        Assert.All(Chains.All, chain => Assert.Matches("^[a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$", chain.Caip2));
        Assert.Equal(Chains.All.Count, Chains.All.Select(chain => chain.Caip2).Distinct(StringComparer.Ordinal).Count());
        Assert.All(Chains.All, chain => Assert.Equal(chain.Kind is ChainKind.Evm, chain.Caip2.StartsWith("eip155:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ethereum", "eip155:1", "ETH", 18)]
    [InlineData("bitcoin", "bip122:000000000019d6689c085ae165831e93", "BTC", 8)]
    [InlineData("solana", "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp", "SOL", 9)]
    [InlineData("bnb", "eip155:56", "BNB", 18)]
    [InlineData("tron", "tron:0x2b6653dc", "TRX", 6)]
    [InlineData("cosmos", "cosmos:cosmoshub-4", "ATOM", 6)]
    public void Facts_that_anybody_can_look_up(string id, string caip2, string native, int decimals)
    {
        var chain = Chains.Find(id)!;

        Assert.Equal((caip2, native, decimals), (chain.Caip2, chain.Native.Asset.Value, chain.Native.Decimals));
    }

    [Fact]
    public void Native_asset_is_the_one_without_a_contract_and_no_asset_is_there_twice() => Assert.All(Chains.All, chain =>
    {
        Assert.Equal(chain.Native.Asset, Assert.Single(chain.Assets, asset => asset.Contract is null).Asset);
        Assert.Equal(chain.Assets.Count, chain.Assets.Select(asset => asset.Asset).Distinct().Count());
    });

    [Fact]
    public void Contract_looks_like_an_address_of_its_chain() => Assert.All(
        Chains.All.Where(chain => chain.Kind is ChainKind.Evm).SelectMany(chain => chain.Assets).Where(asset => asset.Contract is not null),
        asset => Assert.Matches("^0x[0-9a-fA-F]{40}$", asset.Contract!));

    [Fact]
    public void Dollar_of_circle_has_the_contract_that_its_issuer_publishes() => Assert.Equal(
        "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
        Assert.Single(Chains.Find("ethereum")!.Assets, asset => asset.Asset == Asset.From("USDC")).Contract, ignoreCase: true);

    [Fact]
    public void Bridge_joins_two_chains_of_the_registry_and_can_be_left_on_both_sides() => Assert.All(
        Chains.Bridges.SelectMany(bridge => bridge.Routes),
        route =>
        {
            Assert.Equal(2, route.Chains.Count);
            Assert.All(route.Chains, chain => Assert.NotNull(Chains.Find(chain)));
            Assert.Equal(route.Chains[1], route.From(route.Chains[0]));
            Assert.Equal(route.Chains[0], route.From(route.Chains[1]));
            Assert.Null(route.From("nowhere"));
        });

    [Fact]
    public void Rollup_settles_on_a_chain_of_the_registry()
    {
        Assert.All(Chains.All.Where(chain => chain.Parent is not null), chain => Assert.NotNull(Chains.Find(chain.Parent!.Value)));
        Assert.Equal("ethereum", Chains.Find("arbitrum")!.Parent?.Value);
    }

    [Fact]
    public void Every_fact_names_its_source() => Assert.All(
        Chains.All.SelectMany(chain => chain.Assets.Select(asset => asset.Source)
            .Concat([chain.Native.Source, .. new[] { chain.Parent, chain.BlockTimeSeconds, chain.Explorer, chain.Rpc }.OfType<Fact<string>>().Select(fact => fact.Source)]))
            .Concat(Chains.Bridges.SelectMany(bridge => bridge.Routes.Select(route => route.Source).Append(bridge.Source))),
        source => Assert.Matches(@"^npm \S+ \S+ \(\S+\)$", source));
}
