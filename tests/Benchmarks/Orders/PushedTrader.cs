using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace Platform.Benchmarks.Orders;

/// <summary>A client of the platform that places orders and watches its pool's orders over the hub.</summary>
internal sealed class PushedTrader : IAsyncDisposable
{
    public const string Quantity = "0.001";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // The hub takes a client for dead that is silent for 15 s, which is how seldom this one would ping by itself.
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(5);

    private readonly HttpClient platform;
    private readonly HubConnection hub;
    private readonly Guid pool;

    // The push may overtake the answer to the request: whoever comes first leaves it here.
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> filled = [];

    private PushedTrader(HttpClient platform, HubConnection hub, Guid pool)
    {
        (this.platform, this.hub, this.pool) = (platform, hub, pool);
        hub.On<JsonElement>("f", Note);
    }

    public static async Task<PushedTrader> SignInAsync(TradingStand stand, CancellationToken cancel)
    {
        var http = new HttpClient { BaseAddress = stand.Platform };
        using var signedIn = await http.PostAsJsonAsync(
            "/v1/auth/sign-in", new { email = TradingStand.Email, password = TradingStand.Password }, cancel);
        var token = (await signedIn.Content.ReadFromJsonAsync<SignedIn>(cancel))!.Token;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var pools = await http.GetFromJsonAsync<Pools>("/v1/pools", cancel);

        var push = new HubConnectionBuilder()
            .WithUrl(new Uri(stand.Platform, "/hub"), options => options.Headers.Add("Authorization", $"Bearer {token}"))
            .WithKeepAliveInterval(PingInterval)
            .Build();
        var trader = new PushedTrader(http, push, pools!.Items[0].PoolId);
        await push.StartAsync(cancel);
        var replies = await push.InvokeAsync<IReadOnlyList<WatchReply>>(
            "Watch", (object[])[new { topic = $"orders/{trader.pool}" }], cancel);

        return replies is [{ Code: null }]
            ? trader
            : throw new InvalidOperationException($"The hub refused the watch: {replies[0].Code}");
    }

    /// <summary>Places a market order and waits until the push shows it filled.</summary>
    /// <exception cref="TimeoutException">That took longer than half a minute.</exception>
    public async Task FillAsync(string side, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/pools/{pool}/orders")
        {
            Headers = { { "Idempotency-Key", $"{Guid.CreateVersion7()}" } },
            Content = JsonContent.Create(new { market = "BTC-USDT", side, type = "market", quantity = Quantity }),
        };
        using var answer = await platform.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
        var order = (await answer.Content.ReadFromJsonAsync<Order>(cancel))!.OrderId;
        await Filled(order).Task.WaitAsync(Longest, cancel);
        filled.TryRemove(order, out _);
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        platform.Dispose();
    }

    private TaskCompletionSource Filled(Guid order) => filled.GetOrAdd(
        order, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    // A frame is [1, time, [[ref, kind, epoch, from, to, body], ...]]; the body of a position has no orders.
    private void Note(JsonElement frame)
    {
        foreach (var change in frame[2].EnumerateArray())
        {
            if (change.GetArrayLength() < 6 || change[5].ValueKind != JsonValueKind.Array)
                continue;

            foreach (var order in change[5].EnumerateArray().Where(order => order.GetProperty("status").ValueEquals("filled")))
                Filled(order.GetProperty("orderId").GetGuid()).TrySetResult();
        }
    }

    private sealed record WatchReply(string? Code);

    private sealed record SignedIn(string Token);

    private sealed record Pool(Guid PoolId);

    private sealed record Pools(IReadOnlyList<Pool> Items);

    private sealed record Order(Guid OrderId);
}
