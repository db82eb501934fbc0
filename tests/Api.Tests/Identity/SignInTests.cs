using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Platform.Api.Tests.Identity;

/// <summary>The way in, and everybody who is not let in.</summary>
public sealed class SignInTests(PlatformHost platform)
{
    private const int Guesses = 150;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Right_password_gives_a_token_that_opens_the_demo_pool()
    {
        using var answer = await SignInAsync(PlatformHost.Email.ToUpperInvariant(), PlatformHost.Password);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        using var client = platform.ClientWith(body.GetProperty("token").GetString()!);

        var pools = await client.GetFromJsonAsync<JsonElement>("/v1/pools", Cancel);

        var pool = Assert.Single(pools.GetProperty("items").EnumerateArray());
        Assert.Equal("Demo pool", pool.GetProperty("name").GetString());
        Assert.Equal("USDT", pool.GetProperty("reportingAsset").GetString());
        var ends = DateTimeOffset.Parse(body.GetProperty("expiresAt").GetString()!, CultureInfo.InvariantCulture);
        Assert.InRange(ends - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(61));
    }

    [Fact]
    public async Task Wrong_password_and_unknown_user_are_answered_alike()
    {
        using var wrong = await SignInAsync(PlatformHost.Email, "not the password");
        using var unknown = await SignInAsync("nobody@platform.test", PlatformHost.Password);
        using var endless = await SignInAsync(PlatformHost.Email, new string('x', 10_000));

        var detail = await Problem.ExpectAsync(wrong, 401, "invalid_credentials");
        Assert.Equal(detail, await Problem.ExpectAsync(unknown, 401, "invalid_credentials"));
        Assert.Equal(detail, await Problem.ExpectAsync(endless, 401, "invalid_credentials"));
    }

    [Theory]
    [InlineData("{}", "missing_member", "email")]
    [InlineData("""{"email":"a@b.c"}""", "missing_member", "password")]
    [InlineData("""{"email":null,"password":"x"}""", "invalid_value", "email")]
    [InlineData("""{"email":5,"password":"x"}""", "invalid_value", "email")]
    [InlineData("""{"email":"a@b.c","password":"x","admin":true}""", "unknown_member", "admin")]
    public async Task Sign_in_that_cannot_be_read_is_refused_by_name(string body, string code, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await platform.Anyone.PostAsync("/v1/auth/sign-in", content, Cancel);

        await Problem.ExpectAsync(answer, 400, code, field);
    }

    [Fact]
    public async Task Guessing_passwords_is_slowed_down_for_the_address_that_guesses()
    {
        using var guesser = Elsewhere.ClientOf(platform.Address, IPAddress.Parse("127.0.0.2"));

        var answers = await Task.WhenAll(Enumerable.Range(0, Guesses).Select(number => guesser.PostAsJsonAsync(
            "/v1/auth/sign-in", new { email = $"somebody-{number}@platform.test", password = "a usual password" }, Cancel)));

        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests));
        await Problem.ExpectAsync(answers.First(answer => answer.StatusCode is HttpStatusCode.TooManyRequests), 429, "rate_limited");
        Array.ForEach(answers, answer => answer.Dispose());
        using var other = await SignInAsync(PlatformHost.Email, PlatformHost.Password);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    private Task<HttpResponseMessage> SignInAsync(string email, string password) =>
        platform.Anyone.PostAsJsonAsync("/v1/auth/sign-in", new { email, password }, Cancel);
}

/// <summary>Tokens that are none of ours, or ours no more.</summary>
public sealed class TokenTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer v4.public.")]
    [InlineData("Bearer v4.public.!!!!")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJkZW1vIn0.")]
    [InlineData("Basic ZGVtbzpkZW1v")]
    public async Task Caller_without_a_good_token_is_not_signed_in(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/pools");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await platform.Anyone.SendAsync(request, Cancel);

        await (authorization?.StartsWith("Bearer ", StringComparison.Ordinal) is true ? TokenInvalidAsync(answer) : NotSignedInAsync(answer));
    }

    [Fact]
    public async Task Forged_tampered_and_expired_tokens_are_refused_at_every_route_of_a_pool()
    {
        using var trader = await Trader.OpenAsync(platform);
        var before = await trader.EventsAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var good = Forge.Claims(trader.User.Value, Guid.CreateVersion7());
        var elsewhere = Directory.CreateTempSubdirectory("elsewhere-");
        new Workers.Identity.KeyRings(elsewhere.FullName, TimeProvider.System).Rotate(Domain.Identity.TokenTier.Outer);
        string[] tokens =
        [
            Forge.Sign(elsewhere.FullName, good),
            Forge.Sign(platform.KeyFolder, good.With("exp", now - 31_000).With("iat", now - 3_600_000).With("nbf", now - 3_600_000)),
            $"{trader.Token[..^2]}{(trader.Token[^2] is 'A' ? 'B' : 'A')}{trader.Token[^1]}",
            trader.Token.Insert(20, "A"),
            new string('a', 5000),
        ];
        foreach (var token in tokens)
        {
            using var client = platform.ClientWith(token);
            foreach (var path in (string[])["orders", "trades", "positions", "pnl", $"orders/{Guid.CreateVersion7()}"])
                using (var answer = await client.GetAsync($"{trader.Path}/{path}", Cancel))
                    await TokenInvalidAsync(answer);
            using var order = await client.PostAsJsonAsync($"{trader.Path}/orders", new { market = Trader.Market }, Cancel);
            await TokenInvalidAsync(order);
        }
        Assert.Equal(before, await trader.EventsAsync());
        elsewhere.Delete(recursive: true);
    }

    [Fact]
    public async Task Token_of_our_own_key_made_just_now_is_good()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var client = platform.ClientWith(Forge.Sign(platform.KeyFolder, Forge.Claims(trader.User.Value, Guid.CreateVersion7())));

        using var answer = await client.GetAsync($"{trader.Path}/orders", Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Token_in_the_address_counts_for_nothing()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var answer = await platform.Anyone.GetAsync($"{trader.Path}/orders?access_token={trader.Token}", Cancel);

        await NotSignedInAsync(answer);
    }

    [Fact]
    public async Task Pools_that_are_not_granted_are_neither_listed_nor_there()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var stranger = await Trader.OpenAsync(platform);
        var key = Trader.Key();
        var before = await trader.EventsAsync();

        var listed = (await stranger.GetAsync("/v1/pools")).GetProperty("items").EnumerateArray();
        Assert.Equal(stranger.Pool.ToString(), Assert.Single(listed).GetProperty("poolId").GetString());
        foreach (var pool in (string[])[trader.Path, $"/v1/pools/{Guid.CreateVersion7()}", "/v1/pools/mine"])
        {
            foreach (var path in (string[])["orders", "trades", "positions", "pnl"])
                using (var answer = await stranger.Http.GetAsync($"{pool}/{path}", Cancel))
                    await Problem.ExpectAsync(answer, 404, "not_found");
            using var order = await stranger.SendOrderAsync(
                JsonSerializer.Serialize(await trader.RestingOrderAsync()), key, path: $"{pool}/orders");
            await Problem.ExpectAsync(order, 404, "not_found");
        }
        Assert.Equal(before, await trader.EventsAsync());
        Assert.False(await trader.IsAtVenueAsync(key));
    }

    private static async Task NotSignedInAsync(HttpResponseMessage answer)
    {
        await Problem.ExpectAsync(answer, 401, "not_signed_in");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    private static async Task TokenInvalidAsync(HttpResponseMessage answer)
    {
        await Problem.ExpectAsync(answer, 401, "token_invalid");
        Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
    }
}
