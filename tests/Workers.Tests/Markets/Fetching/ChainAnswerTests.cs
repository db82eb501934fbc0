using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets.Fetching;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Fetching;
using Platform.Workers.Markets.Fetching.Chains;

namespace Platform.Workers.Tests.Markets.Fetching;

/// <summary>Answers of nodes and aggregators as they are recorded or documented, and such as no honest one gives.</summary>
public sealed class ChainAnswerTests(FleetDatabase database) : IClassFixture<FleetDatabase>
{
    private const string Token = "0xdF574c24545E5FfEcb9a659c229253D4111d87e1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads("nautilus/venue-payloads/dex/pancakeswap_v3_swap_rpc.json")]
    public void Recorded_swap_of_PancakeSwap_is_read_to_the_last_digit()
    {
        using var log = JsonDocument.Parse(File.ReadAllBytes(
            RecordedMarketData.Path("nautilus", "venue-payloads", "dex", "pancakeswap_v3_swap_rpc.json")));

        var swap = PoolSwaps.Read(log.RootElement, decimals0: 18, decimals1: 18);

        Assert.Equal(new(
            "0x172fcd41e0913e95784454622d1c3724f546f849", 2.291588381489685660m, -0.003897477319171741m, 0.001700945526692609m, -63769,
            105495649, "0x858761c0e4a61c32c5f6bd133496217fa5eda316337b23d88702fea10bb95111", IsRemoved: false), swap);
    }

    [Fact]
    public void Log_of_something_else_is_no_swap()
    {
        using var log = JsonDocument.Parse("""{"topics":["0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"],"data":"0x"}""");

        Assert.Throws<FormatException>(() => PoolSwaps.Read(log.RootElement, 18, 18));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000020")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000ff")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000020ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000020000000000000000000000000000000000000000000000000000000007fffffff")]
    public void Data_that_points_outside_of_itself_is_refused(string hex) =>
        Assert.Throws<FormatException>(() => Abi.Aggregated(Convert.FromHexString(hex)));

    [Theory]
    [InlineData(200, """{"jsonrpc":"2.0","error":{"code":-32600,"message":"batch too large"},"id":null}""", FetchFault.Refused)]
    [InlineData(200, """[{"jsonrpc":"2.0","id":"fees","error":{"code":-32005,"message":"limit exceeded"}}]""", FetchFault.Throttled)]
    [InlineData(200, """[{"jsonrpc":"2.0","id":"fees","error":{"code":-32000,"message":"header not found"}}]""", FetchFault.Unreadable)]
    [InlineData(200, "{}", FetchFault.Unreadable)]
    [InlineData(200, "pong", FetchFault.Unreadable)]
    [InlineData(429, "[]", FetchFault.Throttled)]
    public async Task Node_that_does_not_answer_what_was_asked_is_named(int status, string body, FetchFault fault)
    {
        await using var node = await LoopbackVenue.SayingAsync(status, body);
        await using var stand = await FleetStand.RaiseAsync(database);

        var outcome = await Node(
            stand, ("Platform:Fetchers:Chains:0:Chain", "eip155:1"), ("Platform:Fetchers:Chains:0:Url", node.Address.ToString()))
            .RunAsync(FetcherId.From("chain.gas@eip155:1"));

        Assert.Equal((fault, 0), (outcome.Failed!.Fault, outcome.Facts));
    }

    [Fact]
    public async Task Key_of_a_node_is_put_into_its_address_and_told_to_nobody()
    {
        await using var endpoint = await LoopbackVenue.SayingAsync(401, "{}");
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = Node(stand, ("Platform:Fetchers:Chains:0:Chain", "eip155:1"), ("Platform:Fetchers:Chains:0:Url", $"{endpoint.Address}v3/{{key}}"));
        await node.SealKeyAsync("eip155:1", "node-key-1");

        var outcome = await node.RunAsync(FetcherId.From("chain.gas@eip155:1"));

        Assert.Equal("/v3/node-key-1", Assert.Single(endpoint.Calls).Target);
        Assert.DoesNotContain("node-key-1", $"{outcome.Failed} {stand.Log.All}", StringComparison.Ordinal);
    }

    // defillama.com/docs/api
    [Fact]
    public async Task Prices_of_DefiLlama_are_of_the_time_that_it_says()
    {
        await using var llama = await LoopbackVenue.SayingAsync(200,
            $$$"""{"coins":{"ethereum:{{{Token}}}":{"decimals":8,"symbol":"TKN","price":0.022053735051098835,"timestamp":1648680149,"confidence":0.99},"ethereum:0x1":{"price":1.5e-7,"symbol":"X","timestamp":1648680150} } }""");
        await using var stand = await FleetStand.RaiseAsync(database);
        var id = FetcherId.From("chain.prices@defillama");
        var node = Node(
            stand, ("Platform:Fetchers:Sources:defillama", llama.Address.ToString()), ("Platform:Fetchers:Chains:0:Chain", "eip155:1"),
            ("Platform:Fetchers:Chains:0:Url", "http://127.0.0.1:9"), ("Platform:Fetchers:Chains:0:LlamaName", "ethereum"), ("Platform:Fetchers:Chains:0:Tokens:0", Token));

        Assert.Null((await node.RunAsync(id)).Failed);

        Assert.Equal($"/prices/current/ethereum:{Token}", Assert.Single(llama.Calls).Target);
        var price = Assert.Single(await node.KnownAsync(id, $"ethereum:{Token}"));
        Assert.Equal(1648680149, price.At.ToUnixTimeSeconds());
        Assert.Equal(new TokenPrice($"ethereum:{Token}", 0.022053735051098835m, "USD", "DefiLlama", 0.99m), price.Content);
        Assert.Equal(0.00000015m, ((TokenPrice)Assert.Single(await node.KnownAsync(id, "ethereum:0x1")).Content).Price);
    }

    [Fact]
    public async Task Locked_value_and_stablecoins_are_read_together()
    {
        await using var llama = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path == "/v2/chains"
                ? """[{"gecko_id":"ethereum","tvl":67811456789.123456,"tokenSymbol":"ETH","cmcId":"1027","name":"Ethereum","chainId":1}]"""
                : """{"peggedAssets":[{"id":"1","name":"Tether","symbol":"USDT","pegType":"peggedUSD","circulating":{"peggedUSD":110000000000.5},"price":1.0001},{"id":"9","name":"Gone","symbol":"GONE","pegType":"peggedEUR","circulating":{},"price":null}]}""",
            Cancel));
        await using var stand = await FleetStand.RaiseAsync(database);
        var id = FetcherId.From("chain.value@defillama");
        var node = Node(stand, ("Platform:Fetchers:Sources:defillama", llama.Address.ToString()));

        Assert.Null((await node.RunAsync(id)).Failed);

        Assert.Equal(new LockedValue("Ethereum", 67811456789.123456m), Assert.Single(await node.KnownAsync(id, "chain/Ethereum")).Content);
        Assert.Equal(
            new StablecoinSupply("USDT", "peggedUSD", 110000000000.5m, 1.0001m), Assert.Single(await node.KnownAsync(id, "stablecoin/1")).Content);
        Assert.Empty(await node.KnownAsync(id, "stablecoin/9"));
    }

    // docs.li.fi, "Requesting a Quote"
    [Fact]
    public async Task Quote_of_a_route_tells_what_arrives_and_what_it_costs()
    {
        await using var lifi = await LoopbackVenue.SayingAsync(200,
            """
            {"type":"lifi","id":"1","tool":"across","action":{"fromChainId":1,"toChainId":42161,"fromAmount":"1000000000",
            "fromToken":{"address":"0xa0b8","symbol":"USDC","decimals":6,"chainId":1},"toToken":{"address":"0xaf88","symbol":"USDC","decimals":6,"chainId":42161}},
            "estimate":{"fromAmount":"1000000000","toAmount":"998500000","toAmountMin":"993507500","executionDuration":68,
            "feeCosts":[{"name":"LP fee","amountUSD":"1.5"}],"gasCosts":[{"type":"SEND","amountUSD":"2.25"},{"type":"APPROVE","amountUSD":"0.75"}]}}
            """);
        await using var stand = await FleetStand.RaiseAsync(database);
        var id = FetcherId.From("chain.routes@lifi");
        var node = Node(
            stand, ("Platform:Fetchers:Sources:lifi", lifi.Address.ToString()), ("Platform:Fetchers:Routes:0:FromChain", "1"),
            ("Platform:Fetchers:Routes:0:FromToken", "0xa0b8"), ("Platform:Fetchers:Routes:0:ToChain", "42161"), ("Platform:Fetchers:Routes:0:ToToken", "0xaf88"),
            ("Platform:Fetchers:Routes:0:FromAmount", "1000000000"), ("Platform:Fetchers:Routes:0:FromAddress", Token));

        Assert.Null((await node.RunAsync(id)).Failed);

        Assert.StartsWith("/v1/quote?fromChain=1&toChain=42161&", Assert.Single(lifi.Calls).Target, StringComparison.Ordinal);
        Assert.Equal(
            new RouteQuote("across", "USDC", 1_000m, "USDC", 998.5m, 993.5075m, 1.5m, 3m, 68), Assert.Single(await node.KnownAsync(id)).Content);
    }

    private static FleetStand.Node Node(FleetStand stand, params (string, string)[] settings) => stand.NewNode(
        builder =>
        {
            builder.AddMarkets();
            builder.AddFetching();
        },
        settings);
}
