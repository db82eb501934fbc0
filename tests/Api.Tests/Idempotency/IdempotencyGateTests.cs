using System.Net;
using System.Text.Json;
using Platform.Projections.Idempotency;

namespace Platform.Api.Tests.Idempotency;

/// <summary>What holds for every endpoint that changes something, whatever it does and wherever it breaks.</summary>
public sealed class IdempotencyGateTests(KeyedHost host) : IClassFixture<KeyedHost>, IAsyncLifetime
{
    private readonly string key = Guid.CreateVersion7().ToString();
    private long before;

    public async ValueTask InitializeAsync() => before = await host.EffectsAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Attack_12_fifty_at_once_have_one_effect_and_one_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.PostAsync("/pools", key)));

        var created = answers.Where(answer => answer.Status is HttpStatusCode.Created).ToList();
        Assert.NotEmpty(created);
        Assert.Single(created.Select(answer => answer.Body).Distinct());
        Assert.All(answers.Except(created), answer => Assert.Equal(("idempotency_in_flight", HttpStatusCode.Conflict), (CodeOf(answer.Body), answer.Status)));
        Assert.Equal(1, await host.EffectsAsync() - before);
    }

    [Fact]
    public async Task Repeat_gets_status_body_and_address_of_the_first_answer()
    {
        using var first = await host.SendAsync("/pools", key);
        using var again = await host.SendAsync("/pools", key, "{ }");

        Assert.Equal((first.StatusCode, first.Headers.Location), (again.StatusCode, again.Headers.Location));
        Assert.Equal(first.Content.Headers.ContentType, again.Content.Headers.ContentType);
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(1, await host.EffectsAsync() - before);
    }

    [Fact]
    public async Task Attack_13_same_key_for_another_request_is_refused()
    {
        await host.PostAsync("/pools", key, """{"a":"1"}""");

        foreach (var (path, body) in ((string, string)[])[("/pools", """{"a":"2"}"""), ("/pools?x=1", """{"a":"1"}"""), ("/nothing", """{"a":"1"}"""), ("/pools", "no json")])
            Assert.Equal("idempotency_key_reused", CodeOf((await host.PostAsync(path, key, body)).Body));
        Assert.Equal(HttpStatusCode.Created, (await host.PostAsync("/pools", key, """ { "a" : "1" } """)).Status);
        Assert.Equal(1, await host.EffectsAsync() - before);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("256")]
    public async Task Attack_13_key_that_is_none_is_refused(string none)
    {
        Assert.Equal("invalid_idempotency_key", CodeOf((await host.PostAsync("/pools", none is "256" ? new string('k', 256) : none)).Body));
        Assert.Equal(0, await host.EffectsAsync() - before);
    }

    [Fact]
    public async Task Without_a_key_each_request_is_another()
    {
        await host.PostAsync("/pools", key: null);
        await host.PostAsync("/pools", key: null);

        Assert.Equal(2, await host.EffectsAsync() - before);
    }

    [Fact]
    public async Task Key_of_what_was_refused_or_broke_off_before_the_commit_is_free()
    {
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.PostAsync("/fails-before", key)).Status);
        Assert.Equal("not_now", CodeOf((await host.PostAsync("/refuses", key)).Body));

        Assert.Equal(HttpStatusCode.Created, (await host.PostAsync("/pools", key)).Status);
    }

    [Fact]
    public async Task What_broke_off_after_the_commit_is_not_done_again()
    {
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.PostAsync("/fails-after", key)).Status);

        using var soon = await host.SendAsync("/fails-after", key);
        Assert.Equal("idempotency_in_flight", CodeOf(await soon.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(TimeSpan.FromSeconds(1), soon.Headers.RetryAfter?.Delta);
        await host.LoseAnswersAsync(ago: TimeSpan.FromMinutes(2));
        Assert.Equal("idempotency_answer_lost", CodeOf((await host.PostAsync("/fails-after", key)).Body));
        Assert.Equal(1, await host.EffectsAsync() - before);
    }

    [Fact]
    public async Task What_is_harmless_to_repeat_is_carried_out_again_when_its_answer_was_lost()
    {
        await host.PostAsync("/again", key);
        await host.LoseAnswersAsync(ago: TimeSpan.Zero);

        Assert.Equal(HttpStatusCode.Created, (await host.PostAsync("/again", key)).Status);
        Assert.Equal(2, await host.EffectsAsync() - before);
    }

    [Fact]
    public async Task Request_that_changed_nothing_takes_its_key_too()
    {
        for (var attempt = 0; attempt < 2; attempt++)
            Assert.Equal((HttpStatusCode.NoContent, ""), await host.PostAsync("/nothing", key));
        var (status, body) = await host.PostAsync("/nothing", key, """{"b":"1"}""");
        Assert.True(status is HttpStatusCode.UnprocessableEntity, $"{status} {body}");
        Assert.Equal("idempotency_key_reused", CodeOf(body));
    }

    [Fact]
    public async Task Secret_in_an_answer_is_kept_nowhere()
    {
        Assert.Contains("the secret", (await host.PostAsync("/secret", key)).Body, StringComparison.Ordinal);

        Assert.Equal("idempotency_answer_secret", CodeOf((await host.PostAsync("/secret", key)).Body));
        await using var session = host.Store.QuerySession();
        var records = await Marten.QueryableExtensions.ToListAsync(
            session.Query<IdempotencyRecord>().Where(record => record.Answer!.HeldSecret), TestContext.Current.CancellationToken);
        Assert.Null(Assert.Single(records).Answer!.Body);
    }

    [Fact]
    public async Task Keys_whose_time_is_over_are_freed_in_batches()
    {
        var now = TimeProvider.System.GetUtcNow();
        await host.Store.BulkInsertDocumentsAsync((IEnumerable<object>)
        [
            .. Enumerable.Range(0, 2_500).Select(_ => new IdempotencyRecord(Guid.CreateVersion7(), "", now, now.AddSeconds(-1), Answer: null)),
            new IdempotencyRecord(Guid.CreateVersion7(), "", now, now.AddHours(1), Answer: null),
        ], cancellation: TestContext.Current.CancellationToken);

        var batches = 1;
        while (await host.Records.EvictAsync(TestContext.Current.CancellationToken))
            batches++;

        Assert.Equal(3, batches);
        await using var session = host.Store.QuerySession();
        Assert.Empty(await Marten.QueryableExtensions.ToListAsync(
            session.Query<IdempotencyRecord>().Where(record => record.ExpiresAt <= now), TestContext.Current.CancellationToken));
        Assert.NotEmpty(await Marten.QueryableExtensions.ToListAsync(session.Query<IdempotencyRecord>(), TestContext.Current.CancellationToken));
    }

    private static string? CodeOf(string problem) => JsonDocument.Parse(problem).RootElement.GetProperty("code").GetString();
}
