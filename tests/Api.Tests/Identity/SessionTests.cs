using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Platform.Domain.Identity;
using Platform.Tests.Support;
using Platform.Workers.Identity;

namespace Platform.Api.Tests.Identity;

/// <summary>Sessions: renewed, shown, ended; and what becomes of their tokens on both nodes.</summary>
public sealed class SessionTests(WebCluster cluster) : IClassFixture<WebCluster>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_is_renewed_half_way_and_a_lost_answer_is_given_again()
    {
        var (user, first) = await SignedInAsync();

        var second = await RenewAsync(first);
        var again = await RenewAsync(first);
        var third = await RenewAsync(again);

        foreach (var token in (string[])[first, second, again, third])
            await GoodAsync(token);
        var claims = cluster.One.Of<TokenVerifier>().Outer(third, default).Token!;
        Assert.Equal(user.Id, claims.UserId);
        Assert.InRange(claims.ExpiresAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task Token_that_was_renewed_twice_and_comes_back_ends_its_session_everywhere()
    {
        var (_, first) = await SignedInAsync();
        var second = await RenewAsync(first);
        var third = await RenewAsync(second);

        using var client = cluster.One.Client(first);
        using var reused = await client.PostAsync("/v1/auth/renew", content: null, Cancel);

        await Problem.ExpectAsync(reused, 401, "token_invalid");
        foreach (var token in (string[])[first, second, third])
            await BecomesBadAsync(token);
    }

    [Fact]
    public async Task Sign_out_ends_this_session_on_every_node_and_no_other()
    {
        var (user, here) = await SignedInAsync();
        var there = await cluster.Other.SignInAsync(user);

        using var client = cluster.One.Client(here);
        using var left = await client.PostAsync("/v1/auth/sign-out", content: null, Cancel);

        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        await BecomesBadAsync(here);
        await GoodAsync(there);
        using var renewed = await client.PostAsync("/v1/auth/renew", content: null, Cancel);
        await Problem.ExpectAsync(renewed, 401, "token_invalid");
    }

    [Fact]
    public async Task Person_sees_the_own_sessions_and_ends_one_or_all_others()
    {
        var user = await cluster.AddUserAsync();
        using var anyone = cluster.One.Client();
        anyone.DefaultRequestHeaders.UserAgent.ParseAdd("Firefox/145.0");
        using var signedIn = await anyone.PostAsJsonAsync("/v1/auth/sign-in", new { email = user.Email, password = WebCluster.Password }, Cancel);
        var here = (await signedIn.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("token").GetString()!;
        var others = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => cluster.Other.SignInAsync(user)));
        var (_, strangers) = await SignedInAsync();
        using var client = cluster.One.Client(here);

        var listed = (await client.GetFromJsonAsync<JsonElement>("/v1/auth/sessions", Cancel)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(4, listed.Count);
        var current = Assert.Single(listed, each => each.GetProperty("isCurrent").GetBoolean());
        Assert.Equal("Firefox/145.0", current.GetProperty("device").GetString());
        Assert.Equal("pwd", Assert.Single(current.GetProperty("methods").EnumerateArray()).GetString());
        Assert.Equal(0, current.GetProperty("lastSeenAt").GetDateTimeOffset().Minute);

        var first = SessionOf(others[0]);
        using var ended = await client.DeleteAsync($"/v1/auth/sessions/{first}", Cancel);
        using var again = await client.DeleteAsync($"/v1/auth/sessions/{first}", Cancel);
        using var foreign = await client.DeleteAsync($"/v1/auth/sessions/{SessionOf(strangers)}", Cancel);
        using var unknown = await client.DeleteAsync($"/v1/auth/sessions/{Guid.CreateVersion7()}", Cancel);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (ended.StatusCode, again.StatusCode));
        await Problem.ExpectAsync(foreign, 404, "not_found");
        await Problem.ExpectAsync(unknown, 404, "not_found");
        await BecomesBadAsync(others[0]);
        await GoodAsync(others[1]);

        using var all = await client.DeleteAsync("/v1/auth/sessions", Cancel);
        Assert.Equal(HttpStatusCode.NoContent, all.StatusCode);
        await BecomesBadAsync(others[1]);
        await BecomesBadAsync(others[2]);
        await GoodAsync(here);
        await GoodAsync(strangers);
    }

    [Fact]
    public async Task Session_is_facts_without_anything_personal_in_them()
    {
        var (user, token) = await SignedInAsync();
        var id = SessionOf(token);
        await cluster.One.Of<Sessions>().EndAsync(user.Id, id, SessionEnding.SignedOut, Cancel);

        await using var session = cluster.One.Store.QuerySession();
        var facts = (await session.Events.FetchStreamAsync(id.Value, token: Cancel)).Select(each => each.Data).ToList();
        Assert.Equal([new SessionOpened(id, user.Id, ProofMethods.Password), new SessionEnded(id, user.Id, SessionEnding.SignedOut)], facts);
        await using var store = NpgsqlDataSource.Create(cluster.Connection);
        await using var command = store.CreateCommand("select string_agg(e::text, E'\\n') from platform.mt_events e");
        var events = (string)(await command.ExecuteScalarAsync(Cancel))!;
        foreach (var secret in (string[])[token, "a test", "Firefox", "127.0.0.1"])
            Assert.DoesNotContain(secret, events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_60_claims_that_make_no_sense_are_refused_however_well_they_are_signed()
    {
        var (user, token) = await SignedInAsync();
        var good = Forge.Claims(user.Id.Value, SessionOf(token).Value);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await GoodAsync(Forge.Sign(cluster.KeyFolder, good));
        JsonObject[] bad =
        [
            good.With("exp", now - 1).With("iat", now), good.With("exp", now + 87_000_000).With("max", now + 87_000_000),
            good.With("iat", now + 40_000), good.With("iat", now / 1000), good.With("nbf", now + 60_000), good.With("exp", now - 30_500).With("iat", now - 60_000),
            good.With("iat", now / 1000).With("nbf", now / 1000).With("exp", (now / 1000) + 3600).With("max", (now / 1000) + 3600),
            good.With("aud", new JsonArray("inner")), good.With("aud", new JsonArray()), good.With("iss", "elsewhere"), good.With("tier", 2),
            good.With("tier", 3), good.With("v", 2), good.With("pl", 9), good.With("scp", 4096), good.With("sub", null), good.With("exp", null),
            good.With("admin", true), good.With("gen", -1), good.With("op", "withdrawals.request"), good.With("sub", "nobody"),
            good.With("iat", $"{now}"), good.With("amr", 0),
        ];

        foreach (var claims in bad)
            await BadAsync(Forge.Sign(cluster.KeyFolder, claims));
        var text = good.ToJsonString();
        await BadAsync(Forge.Sign(cluster.KeyFolder, text.Replace("\"pl\":2", "\"pl\":2,\"pl\":7", StringComparison.Ordinal)));
        await BadAsync(Forge.Sign(cluster.KeyFolder, text.Replace("\"pl\"", "\"PL\"", StringComparison.Ordinal)));
        await BadAsync(Forge.Sign(cluster.KeyFolder, $"[{text}]"));
        await BadAsync(Forge.Sign(cluster.KeyFolder, "null"));
        await BadAsync(Forge.Sign(cluster.KeyFolder, good, "outer", "outer", "elsewhere"));
        await BadAsync(Forge.Sign(cluster.KeyFolder, good, "outer", "inner", "platform"));
    }

    [Fact]
    public async Task Token_that_is_bound_to_a_network_is_good_from_there_alone()
    {
        var (user, token) = await SignedInAsync();
        var claims = Forge.Claims(user.Id.Value, SessionOf(token).Value);
        var subjects = cluster.One.Of<BarrierSubjects>();
        var (_, here) = subjects.From(IPAddress.Loopback);
        var (_, elsewhere) = subjects.From(IPAddress.Parse("203.0.113.7"));

        await GoodAsync(Forge.Sign(cluster.KeyFolder, claims.With("iph", here.Id.ToString())));
        await BadAsync(Forge.Sign(cluster.KeyFolder, claims.With("iph", elsewhere.Id.ToString())));
    }

    [Theory]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJkZW1vIn0.")]
    [InlineData("eyJhbGciOiJIUzI1NiIsImtpZCI6Ii4uLy4uL2Rldi9udWxsIn0.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl")]
    [InlineData("eyJhbGciOiJFZERTQSIsImprdSI6Imh0dHA6Ly8xMjcuMC4wLjE6MSJ9.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl")]
    [InlineData("v4.local.AAAA")]
    [InlineData("v4.public.eyJhIjoxfQ")]
    [InlineData("v4.public.eyJhIjoxfQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.eyJraWQiOiIuLi8uLi9ldGMvcGFzc3dkIn0")]
    public Task Attack_72_other_kinds_of_tokens_and_keys_that_they_name_are_refused(string token) => BadAsync(token);

    private SessionId SessionOf(string token) => cluster.One.Of<TokenVerifier>().Outer(token, default).Token!.SessionId;

    private async Task<(WebUser User, string Token)> SignedInAsync()
    {
        var user = await cluster.AddUserAsync();
        return (user, await cluster.One.SignInAsync(user));
    }

    private async Task<string> RenewAsync(string token)
    {
        using var client = cluster.Other.Client(token);
        using var answer = await client.PostAsync("/v1/auth/renew", content: null, Cancel);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(answer.IsSuccessStatusCode, body.ToString());
        var (ends, renews) = (body.GetProperty("expiresAt").GetDateTimeOffset(), body.GetProperty("renewAt").GetDateTimeOffset());
        Assert.InRange(ends - renews, TimeSpan.FromMinutes(29.9), TimeSpan.FromMinutes(30.1));
        return body.GetProperty("token").GetString()!;
    }

    private async Task GoodAsync(string token)
    {
        foreach (var node in (WebNode[])[cluster.One, cluster.Other])
        {
            using var client = node.Client(token);
            using var answer = await client.GetAsync("/v1/auth/sessions", Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private async Task BadAsync(string token)
    {
        using var client = cluster.One.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await client.GetAsync("/v1/auth/sessions", Cancel);
        await Problem.ExpectAsync(answer, 401, "token_invalid");
    }

    private Task BecomesBadAsync(string token) => Eventually.IsTrueAsync("both nodes refuse the token", Second, async waiting =>
    {
        foreach (var node in (WebNode[])[cluster.One, cluster.Other])
        {
            using var client = node.Client(token);
            using var answer = await client.GetAsync("/v1/auth/sessions", waiting);
            if (answer.StatusCode is not HttpStatusCode.Unauthorized)
                return false;
        }

        return true;
    }, Cancel);
}
