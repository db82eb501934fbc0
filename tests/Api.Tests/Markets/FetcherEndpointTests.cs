using System.Net;
using Platform.Api.Tests.Identity;
using Platform.Domain.Identity;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Markets;

/// <summary>What staff sees of what is fetched.</summary>
public sealed class FetcherEndpointTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operator_sees_that_the_venues_own_fetchers_are_fresh()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Operator);

        await Eventually.IsTrueAsync("all seven are fresh", TimeSpan.FromSeconds(60), async _ =>
            (await staff.GetAsync("/v1/fetchers?filter.source=eq:paper&filter.state=eq:fresh&count=exact")).GetProperty("count").GetInt64() == 7, Cancel);
        var tickers = (await staff.GetAsync("/v1/fetchers?filter.fetcher=eq:exchange.tickers@paper")).GetProperty("items")[0];

        Assert.Equal((60L, 0L, "0"), (
            tickers.GetProperty("every").GetInt64(), tickers.GetProperty("failures").GetInt64(), tickers.GetProperty("costUsd").GetString()));
        Assert.True(tickers.GetProperty("facts").GetInt64() > 0);
    }

    [Fact]
    public async Task Every_type_of_the_design_is_there_with_its_licence()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Operator);

        var all = await staff.GetAsync("/v1/fetchers?limit=500&fields=type,licence");

        var types = all.GetProperty("items").EnumerateArray().Select(each => each.GetProperty("type").GetString()).ToHashSet(StringComparer.Ordinal);
        // Those of chains are made for each node that is configured, those of derivatives for each venue that has some: none here.
        Assert.Subset(types!, new HashSet<string?>(StringComparer.Ordinal)
        {
            "exchange.instruments", "exchange.tickers", "exchange.quotes", "exchange.depth", "exchange.trades", "exchange.bars",
            "exchange.status", "account.balances", "account.transfers", "account.movements", "account.margin", "account.margin-terms",
            "account.addresses", "account.networks", "chain.prices", "chain.routes", "chain.value", "macro.policy-rate", "macro.inflation",
            "macro.bonds", "macro.money",
        });
        Assert.DoesNotContain(all.GetProperty("items").EnumerateArray(), each => each.GetProperty("licence").GetString() is "");
    }

    [Fact]
    public async Task Nobody_else_sees_them()
    {
        using var person = await Person.JoinAsync(platform, PlatformLevel.Moderator);

        using var answer = await person.Http.GetAsync("/v1/fetchers", Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
