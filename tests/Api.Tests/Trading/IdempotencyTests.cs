using System.Net;
using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Platform.Projections.Idempotency;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Api.Tests.Trading;

/// <summary>The same Idempotency-Key names the same order, however often and however fast it is sent.</summary>
public sealed class IdempotencyTests(PlatformHost platform)
{
    private const int Senders = 50;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Same_order_again_gets_the_first_answer_even_after_it_is_closed()
    {
        using var trader = await Trader.OpenAsync(platform);
        var (key, order) = (Trader.Key(), JsonSerializer.Serialize(await trader.RestingOrderAsync()));

        var first = await AnswerAsync(trader, order, key);
        var again = await AnswerAsync(trader, order, key);
        var id = JsonDocument.Parse(first).RootElement.GetProperty("orderId").GetGuid();
        await trader.OrderWhenAsync(id, "working");
        using var canceled = await trader.CancelAsync(id);
        await trader.OrderWhenAsync(id, "canceled");
        var afterwards = await AnswerAsync(trader, order, key);

        Assert.Equal([first, first], [again, afterwards]);
    }

    [Fact]
    public async Task Attack_12_order_sent_fifty_times_at_once_is_placed_once_and_answered_alike()
    {
        using var trader = await Trader.OpenAsync(platform);
        var (key, order) = (Trader.Key(), JsonSerializer.Serialize(await trader.RestingOrderAsync()));

        var answers = await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => AnswerAsync(trader, order, key)));

        var answer = JsonDocument.Parse(Assert.Single(answers.Distinct(StringComparer.Ordinal))).RootElement;
        var placed = await trader.OrderWhenAsync(answer.GetProperty("orderId").GetGuid(), "working");
        Assert.Equal(1, await AtVenueAsync(placed.GetProperty("clientOrderId").GetString()!));
        Assert.Single((await trader.GetAsync($"{trader.Path}/orders")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Attack_13_same_key_with_another_body_is_refused()
    {
        using var trader = await Trader.OpenAsync(platform);
        var key = Trader.Key();
        var (first, _) = await trader.PlaceAsync(await trader.RestingOrderAsync("0.001"), key);
        await trader.OrderWhenAsync(first, "working");
        var before = await trader.EventsAsync();

        using var answer = await trader.SendOrderAsync(JsonSerializer.Serialize(await trader.RestingOrderAsync("0.002")), key);

        await Problem.ExpectAsync(answer, 422, "idempotency_key_reused");
        Assert.Equal(before, await trader.EventsAsync());
        Assert.Single((await trader.GetAsync($"{trader.Path}/orders")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Same_key_in_another_pool_is_another_order()
    {
        using var one = await Trader.OpenAsync(platform);
        using var other = await Trader.OpenAsync(platform);
        var (key, order) = (Trader.Key(), await one.RestingOrderAsync());

        Assert.NotEqual((await one.PlaceAsync(order, key)).OrderId, (await other.PlaceAsync(order, key)).OrderId);
    }

    [Fact]
    public async Task Attack_14_same_key_of_another_member_of_the_pool_is_another_order()
    {
        using var one = await Trader.OpenAsync(platform);
        using var other = await one.WithAnotherMemberAsync();
        var (key, order) = (Trader.Key(), await one.RestingOrderAsync());

        Assert.NotEqual((await one.PlaceAsync(order, key)).OrderId, (await other.PlaceAsync(order, key)).OrderId);
    }

    [Fact]
    public async Task Cancel_under_a_key_gets_the_first_answer_whatever_happened_since()
    {
        using var trader = await Trader.OpenAsync(platform);
        var (id, _) = await trader.PlaceAsync(await trader.RestingOrderAsync());
        await trader.OrderWhenAsync(id, "working");

        using var first = await trader.SendAsync($"{trader.Path}/orders/{id}/cancel", "cancel-1");
        await trader.OrderWhenAsync(id, "canceled");
        using var again = await trader.SendAsync($"{trader.Path}/orders/{id}/cancel", "cancel-1");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(Cancel), await again.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Key_is_in_the_store_once_and_no_message_that_follows_takes_it_again()
    {
        using var trader = await Trader.OpenAsync(platform);
        var (id, _) = await trader.PlaceAsync(await trader.RestingOrderAsync());
        await trader.OrderWhenAsync(id, "working");

        await using var session = platform.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var record = Assert.Single(await session.Query<IdempotencyRecord>()
            .Where(each => each.Answer!.Body!.Contains(id.ToString())).ToListAsync(Cancel));
        Assert.Equal(202, record.Answer!.Status);
        Assert.InRange(record.ExpiresAt - record.RecordedAt, TimeSpan.FromDays(30), TimeSpan.FromDays(30));
    }

    [Fact]
    public async Task Key_of_a_refused_order_is_free_again()
    {
        using var trader = await Trader.OpenAsync(platform);
        var key = Trader.Key();
        using (var refused = await trader.SendOrderAsync(
            """{"market":"BTC-USDT","side":"sell","type":"market","quantity":"0.6"}""", key))
            await Problem.ExpectAsync(refused, 422, "insufficient_balance", "quantity");

        await trader.PlaceAsync(await trader.RestingOrderAsync(), key);
    }

    [Fact]
    public async Task Key_of_255_visible_characters_is_taken()
    {
        using var trader = await Trader.OpenAsync(platform);

        await trader.PlaceAsync(await trader.RestingOrderAsync(), new string('~', 255));
    }

    private static async Task<string> AnswerAsync(Trader trader, string order, string key)
    {
        using var answer = await trader.SendOrderAsync(order, key);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode is HttpStatusCode.Accepted, body);
        return body;
    }

    private async Task<int> AtVenueAsync(string clientOrderId)
    {
        var answer = await platform.Services.GetRequiredService<ConnectedVenues>().Trading.OpenOrdersAsync(instrument: null, Cancel);
        return Assert.IsType<VenueAnswer<IReadOnlyList<VenueOrder>>.Answered>(answer).Value
            .Count(order => string.Equals(order.ClientOrderId, clientOrderId, StringComparison.Ordinal));
    }
}
