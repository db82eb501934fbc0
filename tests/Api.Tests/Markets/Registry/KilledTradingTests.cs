using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Api.Tests.Operation;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Markets.Registry;

/// <summary>Two processes on one database and one venue, while a person stops trading at one of them.</summary>
public sealed class KilledTradingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_on_one_node_stops_submits_of_another_process_within_a_second_and_cancels_go_on()
    {
        await using var one = await PlatformProcess.StartAsync(Cancel);
        var raised = one.CommandAsync(["users", "level", PlatformProcess.Email, "operator"], Cancel);
        await using var other = await one.JoinAsync(Cancel);
        Assert.Equal(0, (await raised).ExitCode);
        var (_, pool) = await one.SignInAsync(Cancel);
        other.Http.DefaultRequestHeaders.Authorization = one.Http.DefaultRequestHeaders.Authorization;
        var before = await PlaceAsync(other, pool, await RestingAsync(other));
        await WhenAsync(other, pool, before.OrderId, "working");
        using var enough = new CancellationTokenSource();
        var refused = TradeAsync(other, pool, enough.Token);
        await Eventually.IsTrueAsync("the other trades", Patience, async _ => (await AtVenueAsync(one)).Count > 5, Cancel);

        await SwitchAsync(one, "kill");
        var killed = TimeProvider.System.GetUtcNow();
        // It goes on trying for longer than it may.
        await Task.Delay(Second + Second, TimeProvider.System, Cancel);
        await enough.CancelAsync();

        Assert.NotEmpty(await refused);
        Assert.All(await refused, code => Assert.Equal("venue_killed", code));
        var orders = await ClosedAsync(other, pool, but: before.OrderId);
        var arrived = await AtVenueAsync(one);
        Assert.All(arrived, order => Assert.True(
            order.Time <= (killed + Second).ToUnixTimeMilliseconds(), $"{order.ClientOrderId} arrived {order.Time - killed.ToUnixTimeMilliseconds()} ms after the kill"));
        // Whatever was taken arrived, or was denied and never left.
        Assert.Equal(orders.Count(order => !order.GetProperty("status").ValueEquals("denied")) + 1, arrived.Count);

        using (var canceling = await other.Http.PostAsync($"/v1/pools/{pool}/orders/{before.OrderId}/cancel", content: null, Cancel))
            Assert.True(canceling.IsSuccessStatusCode);
        await WhenAsync(other, pool, before.OrderId, "canceled");

        await SwitchAsync(other, "revive");
        await Eventually.IsTrueAsync("orders are taken again", Patience, async _ => (await PlaceAsync(one, pool, Buy)).Code is null, Cancel);
    }

    private static object Buy => new { market = Trader.Market, side = "buy", type = "market", quoteQuantity = "20" };

    private static async Task<object> RestingAsync(PlatformProcess node)
    {
        var ticker = await node.Http.GetFromJsonAsync<JsonElement>($"/v1/markets/{Trader.Market}/ticker", Cancel);
        var price = decimal.Floor(decimal.Parse(ticker.GetProperty("last").GetString()!, CultureInfo.InvariantCulture) * 0.8m);
        return new { market = Trader.Market, side = "buy", type = "limit", quantity = "0.001", limitPrice = price.ToString(CultureInfo.InvariantCulture) };
    }

    private static async Task<(Guid OrderId, string? Code)> PlaceAsync(PlatformProcess node, string pool, object order)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/pools/{pool}/orders") { Content = JsonContent.Create(order) };
        request.Headers.Add("Idempotency-Key", Trader.Key());
        using var answer = await node.Http.SendAsync(request, Cancel);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return answer.StatusCode is HttpStatusCode.Accepted
            ? (body.GetProperty("orderId").GetGuid(), null)
            : (Guid.Empty, body.GetProperty("code").GetString());
    }

    /// <returns>Why orders were refused, one word each.</returns>
    private static async Task<IReadOnlyList<string>> TradeAsync(PlatformProcess node, string pool, CancellationToken enough)
    {
        List<string> refused = [];
        while (!enough.IsCancellationRequested)
        {
            if ((await PlaceAsync(node, pool, Buy)).Code is { } code)
                refused.Add(code);
            await Task.Delay(Pause, TimeProvider.System, Cancel);
        }

        return refused;
    }

    private static async Task SwitchAsync(PlatformProcess node, string way)
    {
        var payload = new { activity = "trade", reason = "A test." };
        using var proven = await node.Http.PostAsJsonAsync(
            "/v1/auth/danger", new { operation = "exchanges.kill", resource = "paper", poolId = (Guid?)null, payload, password = PlatformProcess.Password, code = (string?)null }, Cancel);
        var token = await proven.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(proven.IsSuccessStatusCode, token.ToString());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/exchanges/paper/{way}") { Content = JsonContent.Create(payload) };
        request.Headers.Add("X-Danger-Token", token.GetProperty("token").GetString());
        using var done = await node.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
    }

    private static async Task<IReadOnlyList<VenueOrderRow>> AtVenueAsync(PlatformProcess node)
    {
        using var http = new HttpClient { BaseAddress = node.Venue.Address };
        return await new VenueAccount(http, new(node.Venue.ApiKey, node.Venue.ApiSecret)).OrdersAsync("BTCUSDT", Cancel);
    }

    private static Task WhenAsync(PlatformProcess node, string pool, Guid order, string status) => Eventually.IsTrueAsync(
        $"the order is {status}", Patience, async waiting =>
        {
            using var answer = await node.Http.GetAsync($"/v1/pools/{pool}/orders/{order}", waiting);
            return answer.IsSuccessStatusCode && (await answer.Content.ReadFromJsonAsync<JsonElement>(waiting)).GetProperty("status").ValueEquals(status);
        }, Cancel);

    /// <summary>All orders but that one, as soon as none is under way.</summary>
    private static async Task<IReadOnlyList<JsonElement>> ClosedAsync(PlatformProcess node, string pool, Guid but)
    {
        IReadOnlyList<JsonElement> orders = [];
        await Eventually.IsTrueAsync("no order is under way", Patience, async waiting =>
        {
            List<JsonElement> all = [];
            for (string? next = ""; next is not null;)
            {
                var page = await node.Http.GetFromJsonAsync<JsonElement>($"/v1/pools/{pool}/orders?limit=100{next}", waiting);
                all.AddRange(page.GetProperty("items").EnumerateArray());
                next = page.GetProperty("next").GetString() is { } cursor ? $"&cursor={Uri.EscapeDataString(cursor)}" : null;
            }

            orders = [.. all.Where(order => order.GetProperty("orderId").GetGuid() != but)];
            return orders.All(order => !order.GetProperty("isOpen").GetBoolean());
        }, Cancel);
        return orders;
    }
}
