using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Workers.Identity.ApiKeys;

namespace Platform.Api.Tests.Identity;

/// <summary>Keys of partners' programs: shown once, good for what they were made for, and dead when they should be.</summary>
public sealed class ApiKeyTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_trades_for_the_pool_that_owns_it()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var owner = await Person.JoinAsync(platform);
        await owner.JoinPoolAsync(trader.Pool, PoolLevel.Owner);
        var key = await CreateAsync(owner, trader.Pool, "trading", "pools");

        using var pools = await GetAsync(platform, key, "pools");
        var seen = await pools.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        using var placed = await PlaceAsync(key, trader);

        Assert.Equal(trader.Pool.Value, Assert.Single(seen.GetProperty("items").EnumerateArray()).GetProperty("poolId").GetGuid());
        Assert.Equal(HttpStatusCode.Accepted, placed.StatusCode);
        var order = (await placed.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("orderId").GetGuid();
        using var read = await GetAsync(platform, key, $"pools/{trader.Pool}/orders/{order}?after={long.MaxValue}");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task Key_is_good_only_for_its_groups_and_its_pool()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var other = await Trader.OpenAsync(platform);
        using var owner = await Person.JoinAsync(platform);
        await owner.JoinPoolAsync(trader.Pool, PoolLevel.Owner);
        var key = await CreateAsync(owner, trader.Pool, "pools");

        using var orders = await GetAsync(platform, key, $"pools/{trader.Pool}/orders");
        await Problem.ExpectAsync(orders, 403, "scope_missing");
        using var anothers = await GetAsync(platform, key, $"pools/{other.Pool}/orders");
        await Problem.ExpectAsync(anothers, 404, "not_found");
    }

    [Fact]
    public async Task Key_counts_for_nothing_elsewhere_and_a_token_for_nothing_here()
    {
        using var owner = await Person.JoinAsync(platform);
        var key = await CreateAsync(owner, "markets", "pools");

        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/v1/pools");
        elsewhere.Headers.Add("X-Api-Secret", key);
        using var refused = await platform.Anyone.SendAsync(elsewhere, Cancel);
        await Problem.ExpectAsync(refused, 401, "not_signed_in");
        using var token = await owner.Http.GetAsync($"/platform-api/{NameOf(key)}/v1/pools", Cancel);
        await Problem.ExpectAsync(token, 401, "not_signed_in");
    }

    [Fact]
    public async Task Changed_mistyped_or_swapped_key_is_not_good()
    {
        using var owner = await Person.JoinAsync(platform);
        var key = await CreateAsync(owner, "pools");
        var other = await CreateAsync(owner, "pools");
        var mistyped = key[..30] + (key[30] == 'A' ? 'B' : 'A') + key[31..];

        foreach (var (path, secret) in ((string, string)[])
            [(key, mistyped), (key, other), (key, key[..^1]), (key, key + "0"), (key, "x"), (other, key)])
        {
            using var refused = await GetAsync(platform, secret, "pools", NameOf(path));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Key_from_another_network_is_not_good()
    {
        using var owner = await Person.JoinAsync(platform);
        var near = await CreateAsync(owner, pool: null, ["127.0.0.0/8", "::1/128"], "pools");
        var far = await CreateAsync(owner, pool: null, ["203.0.113.0/24"], "pools");

        using var allowed = await GetAsync(platform, near, "pools");
        using var refused = await GetAsync(platform, far, "pools");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (allowed.StatusCode, refused.StatusCode));
    }

    [Fact]
    public async Task Revoked_key_is_dead_at_once_and_another_cannot_revoke_it()
    {
        using var owner = await Person.JoinAsync(platform);
        using var stranger = await Person.JoinAsync(platform);
        var key = await CreateAsync(owner, "pools");
        var path = $"/v1/account/api-keys/{NameOf(key)}/revoke";

        using var strangers = await stranger.Http.PostAsync(path, content: null, Cancel);
        await Problem.ExpectAsync(strangers, 404, "not_found");
        using var still = await GetAsync(platform, key, "pools");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        using var revoked = await owner.Http.PostAsync(path, content: null, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        using var dead = await GetAsync(platform, key, "pools");
        Assert.Equal(HttpStatusCode.Unauthorized, dead.StatusCode);
    }

    [Fact]
    public async Task Whole_key_in_an_address_is_refused_and_revoked()
    {
        using var owner = await Person.JoinAsync(platform);
        var key = await CreateAsync(owner, "pools");

        using var given = await platform.Anyone.GetAsync($"/platform-api/{key}/v1/pools", Cancel);

        await Problem.ExpectAsync(given, 400, "key_in_address");
        using var dead = await GetAsync(platform, key, "pools");
        Assert.Equal(HttpStatusCode.Unauthorized, dead.StatusCode);
    }

    [Theory]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJkZW1vIn0.")]
    [InlineData("eyJhbGciOiJIUzI1NiIsImtpZCI6Ii4uLy4uL2Rldi9udWxsIn0.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl")]
    [InlineData("eyJhbGciOiJFZERTQSIsImprdSI6Imh0dHA6Ly8xMjcuMC4wLjE6MSJ9.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl")]
    [InlineData("eyJhbGciOiJFUzI1NiIsImp3ayI6eyJrdHkiOiJFQyJ9fQ.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl")]
    public async Task Attack_72_other_kinds_of_tokens_are_refused_at_the_partners_endpoints(string token)
    {
        using var owner = await Person.JoinAsync(platform);
        var key = await CreateAsync(owner, "pools");
        foreach (var (header, value) in ((string, string)[])
            [("Authorization", $"Bearer {token}"), ("X-Api-Secret", token), ("X-Api-Secret", $"{key}.{token}")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/platform-api/{NameOf(key)}/v1/pools");
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await platform.Anyone.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Name_of_a_key_alone_revokes_nothing()
    {
        using var owner = await Person.JoinAsync(platform);
        var key = await CreateAsync(owner, "pools");
        var forged = ApiKeyText.Of(ApiKeyName.From(NameOf(key)), new byte[ApiKeyText.SecretBytes]);

        using var given = await platform.Anyone.GetAsync($"/platform-api/{forged}/v1/pools", Cancel);

        await Problem.ExpectAsync(given, 400, "key_in_address");
        using var alive = await GetAsync(platform, key, "pools");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task Key_is_never_shown_again()
    {
        using var owner = await Person.JoinAsync(platform);
        var key = await CreateAsync(owner, "pools", "markets");

        var listed = (await owner.GetAsync("/v1/account/api-keys")).ToString();

        Assert.Contains(NameOf(key), listed, StringComparison.Ordinal);
        Assert.DoesNotContain(key[^20..], listed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("withdraw", "key_groups")]
    [InlineData("account", "key_groups")]
    public async Task Key_for_what_no_key_may_is_refused(string group, string code)
    {
        using var owner = await Person.JoinAsync(platform);

        using var refused = await owner.DoAsync("apikeys.create", "/v1/account/api-keys", Wanted([group], []));

        await Problem.ExpectAsync(refused, 422, code, "groups");
    }

    [Fact]
    public async Task No_key_outlives_its_owner()
    {
        using var owner = await Person.JoinAsync(platform);
        await CreateAsync(owner, "pools");
        using var deleted = await owner.DoAsync("account.delete", "/v1/account/delete", new { });

        Assert.Equal(0, await platform.Services.GetRequiredService<ApiKeyInvariant>().LookAsync(Cancel));
    }

    internal static Task<string> CreateAsync(Person owner, params string[] groups) => CreateAsync(owner, pool: null, [], groups);

    private static Task<string> CreateAsync(Person owner, PoolId pool, params string[] groups) => CreateAsync(owner, pool, [], groups);

    internal static async Task<string> CreateAsync(Person owner, PoolId? pool, string[] networks, params string[] groups)
    {
        using var created = pool is { } owning
            ? await owner.DoAsync("pools.apikeys.create", $"/v1/pools/{owning}/api-keys", Wanted(groups, networks), pool: owning)
            : await owner.DoAsync("apikeys.create", "/v1/account/api-keys", Wanted(groups, networks));
        var body = await created.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(created.StatusCode is HttpStatusCode.Created, body.ToString());
        return body.GetProperty("key").GetString()!;
    }

    internal static async Task<HttpResponseMessage> GetAsync(PlatformHost platform, string key, string target, string? name = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/platform-api/{name ?? NameOf(key)}/v1/{target}");
        request.Headers.Add("X-Api-Secret", key);
        return await platform.Anyone.SendAsync(request, Cancel);
    }

    private async Task<HttpResponseMessage> PlaceAsync(string key, Trader trader)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/platform-api/{NameOf(key)}/v1/pools/{trader.Pool}/orders")
        {
            Content = JsonContent.Create(await trader.RestingOrderAsync()),
        };
        request.Headers.Add("X-Api-Secret", key);
        request.Headers.Add("Idempotency-Key", Trader.Key());
        return await platform.Anyone.SendAsync(request, Cancel);
    }

    private static object Wanted(string[] groups, string[] networks) => new
    {
        label = "a program", groups, networks, expiresAt = TimeProvider.System.GetUtcNow().AddDays(30),
    };

    internal static string NameOf(string key) => key.Split('_')[2];
}
