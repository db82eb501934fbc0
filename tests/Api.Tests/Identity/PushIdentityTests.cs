using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR;
using Platform.Api.Tests.Realtime;
using Platform.Domain.Identity;
using Platform.Tests.Support;
using Platform.Workers.Identity;

namespace Platform.Api.Tests.Identity;

/// <summary>The push of the whole platform, where a connection changes who it speaks for.</summary>
public sealed class PushCallerTests(PlatformHost platform)
{
    [Fact]
    public async Task Attack_40_connection_that_speaks_for_another_keeps_nothing_of_the_first()
    {
        using var first = await Trader.OpenAsync(platform);
        using var second = await Trader.OpenAsync(platform);
        await using var client = await PushClient.ConnectAsync(platform.Address, first.Token);
        var watched = await client.WatchAsync($"orders/{first.Pool}");
        Assert.Null(watched.Code);

        await client.AuthenticateAsync(second.Token);

        var gone = await client.NextAsync(each => each.Kind is PushEntry.Gone);
        Assert.Equal(watched.Ref, gone.Ref);
        Assert.Equal("no_such_topic", (await client.WatchAsync($"orders/{first.Pool}")).Code);
        Assert.Null((await client.WatchAsync($"orders/{second.Pool}")).Code);
    }

    [Fact]
    public async Task Attack_29_private_topics_of_a_token_that_ends_are_over_within_a_second()
    {
        using var trader = await Trader.OpenAsync(platform);
        await using var client = await PushClient.ConnectAsync(platform.Address);
        var (ends, lasting) = (default(DateTimeOffset), TimeSpan.FromSeconds(1));
        // The longer this takes, the longer it is good.
        var watched = await Eventually.AnswersAsync("it is watched in time", Trader.Patience, async _ =>
        {
            lasting += TimeSpan.FromSeconds(1);
            ends = TimeProvider.System.GetUtcNow() + lasting;
            await client.AuthenticateAsync(Forge.Sign(
                platform.KeyFolder, Forge.Claims(trader.User.Value, Guid.CreateVersion7()).With("exp", ends.ToUnixTimeMilliseconds())));
            return await client.WatchAsync($"orders/{trader.Pool}") is { Code: null } watching ? watching : null;
        }, TestContext.Current.CancellationToken);

        var gone = await client.NextAsync(each => each.Kind is PushEntry.Gone);

        Assert.Equal(watched.Ref, gone.Ref);
        Assert.InRange(TimeProvider.System.GetUtcNow() - ends, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1));
    }
}

/// <summary>Who may connect to the push, and how long.</summary>
public sealed class PushIdentityTests(WebCluster cluster) : IClassFixture<WebCluster>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_27_bad_token_is_turned_away_before_the_upgrade()
    {
        var (user, token) = await SignedInAsync();
        var ended = await cluster.One.SignInAsync(user);
        var session = cluster.One.Of<TokenVerifier>().Outer(ended, default).Token!.SessionId;
        await cluster.One.Of<Sessions>().EndAsync(user.Id, session, SessionEnding.SignedOut, Cancel);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var danger = await cluster.One.DangerTokenAsync(token, user, "wd", new("USDT", "n", "1", "a", Memo: null, "1"));
        string[] bad =
        [
            "forged", ended, danger,
            Forge.Sign(cluster.KeyFolder, Forge.Claims(user.Id.Value, session.Value).With("exp", now - 31_000).With("iat", now - 60_000)),
        ];

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await HandshakeAsync(token));
        foreach (var each in bad)
            Assert.Equal(HttpStatusCode.Unauthorized, await HandshakeAsync(each));
    }

    [Fact]
    public async Task Attack_27_connection_without_a_token_has_no_private_topics()
    {
        var user = await cluster.AddUserAsync();
        await using var client = await PushClient.ConnectAsync(cluster.One.Address);

        Assert.Equal("no_such_topic", (await client.WatchAsync($"orders/{user.Pool}")).Code);
    }

    [Fact]
    public async Task Attack_28_token_in_the_address_speaks_for_nobody()
    {
        var (_, token) = await SignedInAsync();
        using var client = cluster.One.Client();
        using var answer = await client.GetAsync($"/v1/auth/sessions?access_token={token}", Cancel);

        await Problem.ExpectAsync(answer, 401, "not_signed_in");
    }

    [Fact]
    public async Task Attack_30_open_connections_of_a_barred_person_are_cut_on_every_node_within_a_second()
    {
        var (user, token) = await SignedInAsync();
        var (_, other) = await SignedInAsync();
        await using var here = await PushClient.ConnectAsync(cluster.One.Address, token);
        await using var there = await PushClient.ConnectAsync(cluster.Other.Address);
        await there.AuthenticateAsync(token);
        await using var bystander = await PushClient.ConnectAsync(cluster.Other.Address, other);

        await using (var session = cluster.One.Store.LightweightSession())
        {
            await session.RaiseBarriersAsync([cluster.One.Of<BarrierSubjects>().User(user.Id)], BarrierCause.RightsTaken, Cancel);
            await session.SaveChangesAsync(Cancel);
        }

        await Task.WhenAll(here.Closed, there.Closed).WaitAsync(Second, TimeProvider.System, Cancel);
        Assert.False(bystander.Closed.IsCompleted);
        await bystander.AuthenticateAsync(other);
        await using var again = await PushClient.ConnectAsync(cluster.Other.Address);
        await Assert.ThrowsAsync<HubException>(() => again.AuthenticateAsync(token));
    }

    [Theory]
    [InlineData("https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1.elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("own", HttpStatusCode.SwitchingProtocols)]
    public async Task Attack_31_page_of_another_origin_may_not_connect(string origin, HttpStatusCode expected)
    {
        var (_, token) = await SignedInAsync();
        var own = cluster.One.Address.GetLeftPart(UriPartial.Authority);

        Assert.Equal(expected, await HandshakeAsync(token, origin is "own" ? own : origin));
        Assert.Equal(expected, await HandshakeAsync(token: null, origin is "own" ? own : origin));
    }

    private async Task<HttpStatusCode> HandshakeAsync(string? token, string? origin = null)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (token is not null)
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(cluster.One.Address, "/hub")) { Scheme = "ws" }.Uri, Cancel);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }

    private async Task<(WebUser User, string Token)> SignedInAsync()
    {
        var user = await cluster.AddUserAsync();
        return (user, await cluster.One.SignInAsync(user));
    }
}
