using System.Net.Http.Json;
using System.Text.Json;
using Platform.Api.Tests.Identity;

namespace Platform.Api.Tests.Markets.Registry;

/// <summary>From a chain down to what is on it, without losing the chain.</summary>
public sealed class ChainTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anybody_lists_the_chains_by_what_they_are()
    {
        var listed = await GetAsync("/v1/chains?sort=-assets&count=exact");

        Assert.InRange(listed.GetProperty("count").GetInt32(), 11, 100);
        Assert.Equal("ethereum", listed.GetProperty("items")[0].GetProperty("chainId").GetString());
        var rollups = (await GetAsync("/v1/chains?filter.parent=eq:ethereum")).GetProperty("items").EnumerateArray();
        Assert.Superset(
            new HashSet<string?> { "arbitrum", "base", "optimism" }, rollups.Select(chain => chain.GetProperty("chainId").GetString()).ToHashSet());
    }

    [Fact]
    public async Task Chain_says_where_each_fact_is_from()
    {
        var chain = await GetAsync("/v1/chains/arbitrum");

        Assert.Equal(
            ("eip155:42161", "evm", "ETH", "ethereum", "0.25"),
            (chain.GetProperty("caip2").GetString(), chain.GetProperty("kind").GetString(),
                chain.GetProperty("native").GetProperty("asset").GetString(), chain.GetProperty("parent").GetProperty("value").GetString(),
                chain.GetProperty("blockTimeSeconds").GetProperty("value").GetString()));
        Assert.StartsWith("npm viem ", chain.GetProperty("explorer").GetProperty("source").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assets", "asset", "USDC")]
    [InlineData("markets", "market", "ETH-USDT")]
    [InlineData("exchanges", "exchangeId", "binance")]
    [InlineData("bridges", "routeId", "cctp:base")]
    public async Task What_is_on_a_chain_names_the_chain(string facet, string key, string expected)
    {
        var items = (await GetAsync($"/v1/chains/ethereum/{facet}?limit=500")).GetProperty("items").EnumerateArray().ToList();

        Assert.All(items, item => Assert.Equal("ethereum", item.GetProperty("chainId").GetString()));
        Assert.Contains(items, item => item.GetProperty(key).ValueEquals(expected));
    }

    [Fact]
    public async Task Wallets_are_the_callers_own_and_there_are_none_yet()
    {
        using var person = await Person.JoinAsync(platform);

        Assert.Empty((await person.GetAsync("/v1/chains/ethereum/wallets")).GetProperty("items").EnumerateArray());
        using var stranger = await platform.Anyone.GetAsync("/v1/chains/ethereum/wallets", Cancel);
        await Problem.ExpectAsync(stranger, 401, "not_signed_in");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/assets")]
    [InlineData("/markets")]
    [InlineData("/exchanges")]
    [InlineData("/bridges")]
    public async Task Chain_that_nobody_knows_is_not_found(string facet)
    {
        using var answer = await platform.Anyone.GetAsync($"/v1/chains/nowhere{facet}", Cancel);

        await Problem.ExpectAsync(answer, 404, "not_found");
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await platform.Anyone.GetAsync(path, Cancel);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(answer.IsSuccessStatusCode, body.ToString());
        return body;
    }
}
