using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Tests.Identity;
using Platform.Domain.Identity;
using Platform.Workers.Identity.ApiKeys;

namespace Platform.Api.Tests.Pools;

/// <summary>A pool ends: all of it in one commit.</summary>
public sealed class ClosePoolTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Closed_pool_can_be_read_and_changed_by_nobody()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var owner = await OwnerOf(trader);
        var key = await ApiKeyTests.CreateAsync(owner, trader.Pool, [], "trading");
        using var before = await ApiKeyTests.GetAsync(platform, key, $"pools/{trader.Pool}/orders");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        using var closed = await CloseAsync(owner, trader);
        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);

        using var refused = await ApiKeyTests.GetAsync(platform, key, $"pools/{trader.Pool}/orders");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var order = await trader.SendOrderAsync(JsonSerializer.Serialize(await trader.RestingOrderAsync()), Trader.Key());
        await Problem.ExpectAsync(order, 403, "pool_level_too_low");
        await owner.GetAsync($"{trader.Path}/orders");
        var pools = await owner.GetAsync("/v1/pools");
        Assert.True(Assert.Single(pools.GetProperty("items").EnumerateArray()).GetProperty("isClosed").GetBoolean());
        Assert.Equal(0, await platform.Services.GetRequiredService<ApiKeyInvariant>().LookAsync(Cancel));
    }

    [Fact]
    public async Task Pool_with_an_open_order_stays_open()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var owner = await OwnerOf(trader);
        var key = await ApiKeyTests.CreateAsync(owner, trader.Pool, [], "trading");
        await trader.PlaceAsync(await trader.RestingOrderAsync());

        using var refused = await CloseAsync(owner, trader);

        await Problem.ExpectAsync(refused, 422, "orders_open");
        using var still = await ApiKeyTests.GetAsync(platform, key, $"pools/{trader.Pool}/orders");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task Only_the_owner_closes()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var manager = await Person.JoinAsync(platform);
        await manager.JoinPoolAsync(trader.Pool, PoolLevel.Manager);

        using var refused = await manager.AskAgainAsync("pools.close", new { }, pool: trader.Pool);

        await Problem.ExpectAsync(refused, 403, "pool_level_too_low");
    }

    private async Task<Person> OwnerOf(Trader trader)
    {
        var owner = await Person.JoinAsync(platform);
        await owner.JoinPoolAsync(trader.Pool, PoolLevel.Owner);
        return owner;
    }

    private static Task<HttpResponseMessage> CloseAsync(Person owner, Trader trader) =>
        owner.DoAsync("pools.close", $"{trader.Path}/close", new { }, pool: trader.Pool);
}
