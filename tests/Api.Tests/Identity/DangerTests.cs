using System.Net;
using System.Text.Json.Nodes;
using Platform.Tests.Support;
using Platform.Workers.Identity;

namespace Platform.Api.Tests.Identity;

/// <summary>What cannot be taken back takes a token that a person gave for exactly that, once.</summary>
public sealed class DangerTests(WebCluster cluster) : IClassFixture<WebCluster>
{
    private static readonly Withdrawal Agreed =
        new("USDT", "eip155:1", "100.00", "0x52908400098527886E0F7030069857D2E4169EE7", Memo: null, "1.50");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_62_token_for_one_operation_thing_or_payload_is_good_for_no_other()
    {
        var (user, token) = await SignedInAsync();
        var danger = await cluster.One.DangerTokenAsync(token, user, "wd-1", Agreed);
        Withdrawal[] others =
        [
            Agreed with { Amount = "100.01" }, Agreed with { Amount = "100.0" }, Agreed with { Address = Agreed.Address.ToLowerInvariant() },
            Agreed with { Memo = "17" }, Agreed with { Network = "eip155:137" }, Agreed with { Asset = "USDC" }, Agreed with { FeeMax = "1.51" },
        ];

        foreach (var other in others)
            await RefusedAsync(cluster.One.WithdrawAsync(token, danger, user, "wd-1", other));
        await RefusedAsync(cluster.One.WithdrawAsync(token, danger, user, "wd-2", Agreed));
        await RefusedAsync(cluster.One.WithdrawAsync(token, danger, user, "wd-1", Agreed, place: "whitelist"));
        await RefusedAsync(cluster.One.WithdrawAsync(token, danger, user with { Pool = await cluster.AddPoolAsync(user.Id) }, "wd-1", Agreed));
        // The same in another order and spacing is the same.
        using var good = await cluster.One.WithdrawAsync(token, danger, user, "wd-1", new
        {
            feeMax = Agreed.FeeMax, address = Agreed.Address, memo = Agreed.Memo, amount = Agreed.Amount, asset = Agreed.Asset,
            network = Agreed.Network,
        });
        Assert.Equal(HttpStatusCode.NoContent, good.StatusCode);
    }

    [Fact]
    public async Task Attack_63_token_used_twice_or_fifty_times_at_once_on_two_nodes_has_one_effect()
    {
        var (user, token) = await SignedInAsync();
        var id = $"wd-{Guid.CreateVersion7()}";
        var danger = await cluster.One.DangerTokenAsync(token, user, id, Agreed);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number =>
            (number % 2 == 0 ? cluster.One : cluster.Other).WithdrawAsync(token, danger, user, id, Agreed)));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.NoContent);
        foreach (var answer in answers.Where(answer => answer.StatusCode is not HttpStatusCode.NoContent))
            await Problem.ExpectAsync(answer, 409, "danger_token_used");
        using var later = await cluster.Other.WithdrawAsync(token, danger, user, id, Agreed);
        await Problem.ExpectAsync(later, 409, "danger_token_used");
        Assert.Equal(1, await cluster.EffectsAsync(id));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Attack_63_token_whose_first_use_was_rolled_back_still_works_once()
    {
        var (user, token) = await SignedInAsync();
        var id = $"wd-{Guid.CreateVersion7()}";
        var danger = await cluster.One.DangerTokenAsync(token, user, id, Agreed);

        using var failed = await cluster.One.WithdrawAsync(token, danger, user, id, Agreed, isFailing: true);
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.Equal(0, await cluster.EffectsAsync(id));
        using var first = await cluster.Other.WithdrawAsync(token, danger, user, id, Agreed);
        using var second = await cluster.One.WithdrawAsync(token, danger, user, id, Agreed);

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await Problem.ExpectAsync(second, 409, "danger_token_used");
        Assert.Equal(1, await cluster.EffectsAsync(id));
    }

    [Fact]
    public async Task Attack_64_token_of_another_session_or_of_an_ended_one_is_refused()
    {
        var (user, token) = await SignedInAsync();
        var elsewhere = await cluster.One.SignInAsync(user);
        var danger = await cluster.One.DangerTokenAsync(token, user, "wd-1", Agreed);

        await RefusedAsync(cluster.One.WithdrawAsync(elsewhere, danger, user, "wd-1", Agreed));
        using var client = cluster.One.Client(token);
        using var left = await client.PostAsync("/v1/auth/sign-out", content: null, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        await RefusedAsync(cluster.One.WithdrawAsync(token, danger, user, "wd-1", Agreed));
        await RefusedAsync(cluster.One.WithdrawAsync(elsewhere, danger, user, "wd-1", Agreed));
    }

    [Theory]
    [InlineData(-2_001, false)]
    [InlineData(-1_000, true)]
    [InlineData(600_000, true)]
    [InlineData(600_001, false)]
    public async Task Attack_64_token_ends_with_its_ten_minutes_and_two_seconds(long endsInMs, bool isGood)
    {
        var (user, token) = await SignedInAsync();
        var session = cluster.One.Of<TokenVerifier>().Outer(token, default).Token!.SessionId;
        var digest = DangerPayload.DigestOf(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Agreed, System.Text.Json.JsonSerializerOptions.Web));
        await cluster.One.DangerTokenAsync(token, user, "the ring has a key now", Agreed);

        // A machine that stands still for the second that is left is given another token.
        if (isGood)
            await Eventually.IsTrueAsync("it is good", Trader.Patience, async _ =>
            {
                using var answer = await cluster.One.WithdrawAsync(token, DangerNow(), user, "wd-1", Agreed);
                return answer.StatusCode is HttpStatusCode.NoContent;
            }, Cancel);
        else
            await RefusedAsync(cluster.One.WithdrawAsync(token, DangerNow(), user, "wd-1", Agreed));

        // Somebody with the danger key writes what this node would have written.
        string DangerNow()
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            var issued = Math.Min(now, now + endsInMs - 1_000);
            var claims = Forge.Claims(user.Id.Value, session.Value, "danger").With("aud", new JsonArray("withdrawals.request"))
                .With("iat", issued).With("nbf", issued).With("exp", now + endsInMs).With("max", now + endsInMs)
                .With("aat", issued).With("op", "withdrawals.request").With("res", "wd-1").With("pdg", digest).With("nce", "n");
            return Forge.Sign(
                cluster.KeyFolder, claims, "danger",
                "danger", "platform", "withdrawals.request", "wd-1", user.Pool.ToString(), digest, session.ToString());
        }
    }

    [Fact]
    public async Task Attack_59_no_other_token_does_for_a_danger_token_nor_a_danger_token_for_another()
    {
        var (user, token) = await SignedInAsync();
        var danger = await cluster.One.DangerTokenAsync(token, user, "wd-1", Agreed);

        await RefusedAsync(cluster.One.WithdrawAsync(token, token, user, "wd-1", Agreed));
        await RefusedAsync(cluster.One.WithdrawAsync(danger, danger, user, "wd-1", Agreed));
        using var none = await cluster.One.WithdrawAsync(token, danger: null, user, "wd-1", Agreed);
        await Problem.ExpectAsync(none, 403, "danger_token_required");
        using var anyone = cluster.One.Client(danger);
        using var listed = await anyone.GetAsync("/v1/auth/sessions", Cancel);
        await Problem.ExpectAsync(listed, 401, "token_invalid");
    }

    [Fact]
    public async Task Token_is_given_to_who_proves_to_be_the_one_and_may_do_it()
    {
        var (user, token) = await SignedInAsync();
        var stranger = await cluster.AddUserAsync();

        using var wrong = await cluster.One.AskAsync(token, user, "wd-1", Agreed, password: "guess");
        await Problem.ExpectAsync(wrong, 422, "proof_invalid");
        using var none = await cluster.One.AskAsync(token, user, "wd-1", Agreed, password: null);
        await Problem.ExpectAsync(none, 422, "proof_invalid");
        using var unknown = await cluster.One.AskAsync(token, user, "wd-1", Agreed, operation: "withdrawals.approve2");
        await Problem.ExpectAsync(unknown, 400, "operation_unknown", "operation");
        using var harmless = await cluster.One.AskAsync(token, user, "wd-1", Agreed, operation: "orders.place");
        await Problem.ExpectAsync(harmless, 400, "operation_unknown", "operation");
        using var elsewhere = await cluster.One.AskAsync(token, user with { Pool = stranger.Pool }, "wd-1", Agreed);
        await Problem.ExpectAsync(elsewhere, 404, "not_found");
        using var above = await cluster.One.AskAsync(token, user, "", Agreed, operation: "users.level");
        await Problem.ExpectAsync(above, 403, "platform_level_too_low");
    }

    [Fact]
    public async Task Spent_tokens_are_forgotten_a_minute_after_they_ended()
    {
        var (user, token) = await SignedInAsync();
        var id = $"wd-{Guid.CreateVersion7()}";
        using var used = await cluster.One.WithdrawAsync(
            token, await cluster.One.DangerTokenAsync(token, user, id, Agreed), user, id, Agreed);
        Assert.Equal(HttpStatusCode.NoContent, used.StatusCode);
        await using var session = cluster.One.Store.LightweightSession();
        var (ended, alive) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var now = TimeProvider.System.GetUtcNow();
        session.Store(
            new Projections.Identity.DangerUse(ended, "o", "r", now, now - TimeSpan.FromSeconds(61)),
            new Projections.Identity.DangerUse(alive, "o", "r", now, now - TimeSpan.FromSeconds(50)));
        await session.SaveChangesAsync(Cancel);

        await cluster.One.Of<IdentityEviction>().EvictAsync(Cancel);

        await using var reading = cluster.One.Store.QuerySession();
        Assert.Null(await reading.LoadAsync<Projections.Identity.DangerUse>(ended, Cancel));
        Assert.NotNull(await reading.LoadAsync<Projections.Identity.DangerUse>(alive, Cancel));
    }

    private async Task<(WebUser User, string Token)> SignedInAsync()
    {
        var user = await cluster.AddUserAsync();
        return (user, await cluster.One.SignInAsync(user));
    }

    private static async Task RefusedAsync(Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        await Problem.ExpectAsync(answer, 401, "token_invalid");
    }
}
