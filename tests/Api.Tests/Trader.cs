using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Domain.Identity;
using Platform.Domain.Markets;
using Platform.Domain.Pools;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Identity;
using Platform.Workers.Markets;
using Wolverine;

namespace Platform.Api.Tests;

/// <summary>A user with a pool of their own, funded with 10000 USDT and 0.5 BTC, who trades over HTTP.</summary>
public sealed class Trader : IDisposable
{
    public const string Market = "BTC-USDT";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly DateTimeOffset Acquired = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly PlatformHost platform;

    private Trader(PlatformHost platform, PoolId pool, UserId user, string token)
    {
        (this.platform, Pool, User, Token) = (platform, pool, user, token);
        Http = platform.ClientWith(token);
    }

    public PoolId Pool { get; }

    public UserId User { get; }

    public string Token { get; }

    public HttpClient Http { get; }

    public string Path => $"/v1/pools/{Pool}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens the pool as the platform itself opens one: by commands on the bus.</summary>
    public static async Task<Trader> OpenAsync(PlatformHost platform)
    {
        var (pool, user) = (PoolId.From(Guid.CreateVersion7()), UserId.From(Guid.CreateVersion7()));
        var usdt = Asset.From("USDT");
        await using var scope = platform.Services.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        await bus.InvokeForTenantAsync(pool.Tenant, new OpenPool(pool, $"Pool {pool}", usdt), Cancel);
        await bus.InvokeForTenantAsync(
            pool.Tenant,
            new OpenAccount(pool, VenueId.From("paper"), usdt, LotMethod.Fifo, FeePolicy.Capitalized, [
                new(new(10_000, usdt), 1, Acquired), new(new(0.5m, Asset.From("BTC")), 40_000, Acquired)]),
            Cancel);

        await bus.InvokeAsync(new RegisterUser(user), Cancel);
        await bus.InvokeAsync(new VerifyAddress(user), Cancel);
        await bus.InvokeForTenantAsync(pool.Tenant, new RaiseMember(pool, user, PoolLevel.Owner, By: null), Cancel);
        var token = await platform.Services.GetRequiredService<Sessions>().OpenAsync(new(user, ProofMethods.Password, "a test", default), Cancel);
        var trader = new Trader(platform, pool, user, token.Text);
        await Eventually.IsTrueAsync("the pool shows", Patience, async waiting =>
        {
            using var shown = await trader.Http.GetAsync($"{trader.Path}/positions", waiting);
            return shown.IsSuccessStatusCode;
        }, Cancel);
        return trader;
    }

    /// <summary>Another person who trades in the same pool.</summary>
    public async Task<Trader> WithAnotherMemberAsync()
    {
        var user = UserId.From(Guid.CreateVersion7());
        await using var scope = platform.Services.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        await bus.InvokeAsync(new RegisterUser(user), Cancel);
        await bus.InvokeAsync(new VerifyAddress(user), Cancel);
        await bus.InvokeForTenantAsync(Pool.Tenant, new RaiseMember(Pool, user, PoolLevel.Trader, By: null), Cancel);
        var token = await platform.Services.GetRequiredService<Sessions>().OpenAsync(new(user, ProofMethods.Password, "a test", default), Cancel);
        return new(platform, Pool, user, token.Text);
    }

    public static string Key() => Guid.CreateVersion7().ToString();

    /// <summary>The market's price times a factor, on the tick.</summary>
    public async Task<string> PriceAsync(decimal factor)
    {
        var ticker = await GetAsync($"/v1/markets/{Market}/ticker");
        return Text(decimal.Floor(decimal.Parse(ticker.GetProperty("last").GetString()!, CultureInfo.InvariantCulture) * factor));
    }

    /// <summary>Rests far below the market for as long as a test takes.</summary>
    public async Task<object> RestingOrderAsync(string quantity = "0.001") =>
        new { market = Market, side = "buy", type = "limit", quantity, limitPrice = await PriceAsync(0.8m) };

    public async Task<HttpResponseMessage> SendOrderAsync(
        string body, string? key, string contentType = "application/json", string? path = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path ?? $"{Path}/orders");
        request.Content = new StringContent(body, Encoding.UTF8);
        request.Content.Headers.ContentType = new(contentType);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await Http.SendAsync(request, Cancel);
    }

    public async Task<(Guid OrderId, long Sequence)> PlaceAsync(object order, string? key = null)
    {
        using var answer = await SendOrderAsync(JsonSerializer.Serialize(order), key ?? Key());
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(answer.StatusCode is HttpStatusCode.Accepted, body.ToString());
        return (body.GetProperty("orderId").GetGuid(), body.GetProperty("sequence").GetInt64());
    }

    /// <summary>A write without a body.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("Idempotency-Key", key);
        return await Http.SendAsync(request, Cancel);
    }

    public Task<HttpResponseMessage> CancelAsync(Guid order) => Http.PostAsync($"{Path}/orders/{order}/cancel", content: null, Cancel);

    public async Task<JsonElement> GetAsync(string target)
    {
        using var answer = await Http.GetAsync(target, Cancel);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(answer.StatusCode is HttpStatusCode.OK, body.ToString());
        return body;
    }

    /// <summary>The order as soon as it has that status.</summary>
    public async Task<JsonElement> OrderWhenAsync(Guid order, string status)
    {
        JsonElement seen = default;
        await Eventually.IsTrueAsync($"the order is {status}", Patience, async waiting =>
        {
            using var answer = await Http.GetAsync($"{Path}/orders/{order}", waiting);
            if (!answer.IsSuccessStatusCode)
                return false;
            seen = await answer.Content.ReadFromJsonAsync<JsonElement>(waiting);
            return seen.GetProperty("status").ValueEquals(status);
        }, Cancel);
        return seen;
    }

    /// <summary>How many facts the pool has, of whatever kind.</summary>
    public async Task<long> EventsAsync()
    {
        await using var connection = new NpgsqlConnection(platform.Connection);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand("select count(*) from platform.mt_events where tenant_id = $1", connection);
        command.Parameters.AddWithValue(Pool.Tenant);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    /// <summary>Whether the venue ever got an order under that key.</summary>
    public async Task<bool> IsAtVenueAsync(string key)
    {
        var name = ClientOrderId.For(OrderId.For(Pool, EnsureKey.Of($"user:{User}", key))).Value;
        var listed = Assert.IsType<MarketLookup.Listed>(
            platform.Services.GetRequiredService<MarketCatalog>().Find(Symbol.From(Market)));
        var answer = await platform.Services.GetRequiredService<ConnectedVenues>().Trading.QueryAsync(
            new(listed.Instrument, name), Cancel);
        return answer.Match(
            _ => true, refused => throw new InvalidOperationException(refused.ToString()), _ => false,
            unknown => throw new InvalidOperationException(unknown.ToString()));
    }

    public void Dispose() => Http.Dispose();

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
