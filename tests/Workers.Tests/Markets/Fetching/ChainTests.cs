using System.Numerics;
using Platform.Domain.Markets.Fetching;
using Platform.Projections.Markets;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Fetching;

namespace Platform.Workers.Tests.Markets.Fetching;

/// <summary>The fetchers of chains against a real node with real contracts.</summary>
public sealed class ChainTests(FleetDatabase database, LocalChain chain) : IClassFixture<FleetDatabase>, IClassFixture<LocalChain>
{
    private const int Confirmations = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gas_costs_what_the_node_says()
    {
        chain.Require();
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand);

        Assert.Null((await node.RunAsync(Id("gas"))).Failed);

        var gas = (GasPrice)Assert.Single(await node.KnownAsync(Id("gas"))).Content;
        Assert.Equal(await chain.HeadAsync(), gas.Block);
        var fees = await chain.RpcAsync("eth_feeHistory", "0x1", "latest", Array.Empty<int>());
        var next = Convert.ToInt64(fees.GetProperty("baseFeePerGas")[1].GetString(), 16);
        Assert.Equal(next / 1_000_000_000m, gas.NextBaseFee);
        Assert.True(gas is { PriorityLow: >= 0, Legacy: > 0 } && gas.PriorityLow <= gas.PriorityHigh);
    }

    [Fact]
    public async Task Tokens_say_what_they_are_and_an_address_without_code_does_not()
    {
        chain.Require();
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand);

        var outcome = await node.RunAsync(Id("tokens"));

        Assert.Equal((3, 1), (outcome.Facts, outcome.Rejected));
        var tokens = (await node.KnownAsync(Id("tokens"))).Select(fact => (TokenTerms)fact.Content).ToDictionary(token => token.Symbol, StringComparer.Ordinal);
        Assert.Equal(new(LocalChain.Id, chain.Weth, "WETH", "WETH", 18, 1_000_000m), tokens["WETH"]);
        Assert.Equal(new(LocalChain.Id, chain.Usdc, "USDC", "USDC", 6, 1_000_000_000m), tokens["USDC"]);
        Assert.Equal(new(LocalChain.Id, chain.Huge, "HUGE", "HUGE", 0, Supply: null), tokens["HUGE"]);
    }

    [Fact]
    public async Task Balances_are_exact_and_one_that_no_decimal_holds_is_refused()
    {
        chain.Require();
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand);

        var outcome = await node.RunAsync(Id("balances"));

        Assert.Null(outcome.Failed);
        // The deployer has 2^255 of the huge token; the bystander has none of it, which is an amount like any other.
        Assert.Equal((7, 1), (outcome.Facts, outcome.Rejected));
        var held = (await node.KnownAsync(Id("balances"))).Select(fact => (WalletBalance)fact.Content).ToList();
        Assert.Equal(10_000m, held.Single(each => Is(each.Wallet, chain.Bystander) && each.Token is null).Amount);
        var weth = held.Single(each => Is(each.Wallet, chain.Deployer) && Is(each.Token, chain.Weth));
        Assert.Equal(TokenAmount.Exact(await chain.BalanceAsync(chain.Weth, chain.Deployer), 18), weth.Amount);
        Assert.Equal(("WETH", await chain.HeadAsync()), (weth.Asset, weth.Block));
        Assert.Single(held.Select(each => each.Block).Distinct());
    }

    [Fact]
    public async Task Pool_stands_at_the_price_that_its_slot_says()
    {
        chain.Require();
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand);

        Assert.Null((await node.RunAsync(Id("prices"))).Failed);

        var price = (TokenPrice)Assert.Single(await node.KnownAsync(Id("prices"))).Content;
        Assert.Equal((chain.Pool, chain.IsWethFirst ? chain.Weth : chain.Usdc, chain.IsWethFirst ? chain.Usdc : chain.Weth), (price.Source, price.Token, price.Unit));
        var wethInUsdc = chain.IsWethFirst ? price.Price : 1 / price.Price;
        // Other tests swap a WETH or two of the two thousand in it.
        Assert.InRange(wethInUsdc, 1_990m, 2_010m);
    }

    [Fact]
    public async Task Swaps_are_read_once_when_they_are_settled_and_add_up_to_the_pools_balances()
    {
        chain.Require();
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand);
        await chain.MineAsync(Confirmations);
        await node.RunAsync(Id("swaps"));
        var before = (await node.KnownAsync(Id("swaps"))).Count;
        var (weth, usdc) = await PoolAsync();
        await chain.SwapAsync(sellsWeth: true, BigInteger.Pow(10, 18));
        await chain.SwapAsync(sellsWeth: false, 1_000 * BigInteger.Pow(10, 6));

        Assert.Equal(0, (await node.RunAsync(Id("swaps"))).Facts);
        await chain.MineAsync(Confirmations - 1);
        Assert.Equal(2, (await node.RunAsync(Id("swaps"))).Facts);
        await chain.MineAsync(1);
        Assert.Equal(0, (await node.RunAsync(Id("swaps"))).Facts);

        var swaps = (await node.KnownAsync(Id("swaps"))).Select(fact => (PoolSwap)fact.Content).OrderBy(swap => swap.Block).Skip(before).ToList();
        var (wethAfter, usdcAfter) = await PoolAsync();
        Assert.Equal(TokenAmount.Exact(wethAfter - weth, 18), swaps.Sum(swap => chain.IsWethFirst ? swap.Amount0 : swap.Amount1));
        Assert.Equal(TokenAmount.Exact(usdcAfter - usdc, 6), swaps.Sum(swap => chain.IsWethFirst ? swap.Amount1 : swap.Amount0));
        Assert.Equal(1m, chain.IsWethFirst ? swaps[0].Amount0 : swaps[0].Amount1);
    }

    [Fact]
    public async Task Reorganization_is_a_revision_of_the_blocks_that_were_replaced()
    {
        chain.Require();
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand);
        var snapshot = (await chain.RpcAsync("evm_snapshot")).GetString()!;
        var fork = await chain.HeadAsync();
        await chain.MineAsync(2);
        await node.RunAsync(Id("head"));

        await chain.RpcAsync("evm_revert", snapshot);
        await chain.RpcAsync("anvil_setCoinbase", chain.Bystander);
        await chain.MineAsync(3);
        stand.Time.Advance(TimeSpan.FromMinutes(1));
        await node.RunAsync(Id("head"));

        List<int> revisions = [];
        for (var block = fork; block <= fork + 3; block++)
            revisions.Add((await node.Of<FetchedFacts>().RevisionsAsync(
                Id("head"), $"{LocalChain.Id}/block/{block}", Fact.Standing, Cancel)).Count);
        Assert.Equal([1, 2, 2, 1], revisions);
        Assert.Equal(fork + 3, (await node.KnownAsync(Id("head"), LocalChain.Id)).Select(fact => ((ChainHead)fact.Content).Latest).Max());
    }

    [Fact]
    public async Task Transaction_is_confirmed_by_the_blocks_on_top_of_it()
    {
        chain.Require();
        await using var stand = await FleetStand.RaiseAsync(database);
        var transaction = await chain.SwapAsync(sellsWeth: false, 1_000_000);
        var node = Node(stand, ("Platform:Fetchers:Chains:0:Transactions:0", transaction), ("Platform:Fetchers:Chains:0:Transactions:1", $"0x{new string('1', 64)}"));

        List<TransactionState> states = [];
        for (var run = 0; run < Confirmations + 1; run++)
        {
            await node.RunAsync(Id("head"));
            states.Add((TransactionState)Assert.Single(await node.KnownAsync(Id("head"), $"{LocalChain.Id}/{transaction}")).Content);
            await chain.MineAsync(1);
            stand.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([1, 2, 3, 3], states.Select(state => state.Confirmations));
        Assert.All(states, state => Assert.True(state.HasSucceeded));
        Assert.Equal(
            new TransactionState(Block: null, 0, HasSucceeded: null),
            Assert.Single(await node.KnownAsync(Id("head"), $"{LocalChain.Id}/0x{new string('1', 64)}")).Content);
    }

    private async Task<(BigInteger Weth, BigInteger Usdc)> PoolAsync() =>
        (await chain.BalanceAsync(chain.Weth, chain.Pool), await chain.BalanceAsync(chain.Usdc, chain.Pool));

    private static FetcherId Id(string type) => FetcherId.Of($"chain.{type}", LocalChain.Id);

    private FleetStand.Node Node(FleetStand stand, params (string, string)[] more) => stand.NewNode(
        builder =>
        {
            builder.AddMarkets();
            builder.AddFetching();
        },
        [
            ("Platform:Fetchers:Chains:0:Chain", LocalChain.Id), ("Platform:Fetchers:Chains:0:Url", chain.Address.ToString()),
            ("Platform:Fetchers:Chains:0:Confirmations", $"{Confirmations}"),
            ("Platform:Fetchers:Chains:0:Tokens:0", chain.Weth), ("Platform:Fetchers:Chains:0:Tokens:1", chain.Usdc),
            ("Platform:Fetchers:Chains:0:Tokens:2", chain.Huge), ("Platform:Fetchers:Chains:0:Tokens:3", $"0x{new string('d', 40)}"),
            ("Platform:Fetchers:Chains:0:Wallets:0", chain.Deployer), ("Platform:Fetchers:Chains:0:Wallets:1", chain.Bystander),
            ("Platform:Fetchers:Chains:0:Pools:0", chain.Pool), .. more,
        ]);

    private static bool Is(string? address, string other) => string.Equals(address, other, StringComparison.OrdinalIgnoreCase);
}
