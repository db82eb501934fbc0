using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Operation;

/// <summary>The platform as operators run it: what it says of itself, what it never says, and how it ends.</summary>
public sealed partial class ProcessTests
{
    private const int Orders = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShutdownMax = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ends_by_itself_within_15_seconds_with_work_in_flight_and_nothing_secret_told()
    {
        await using var platform = await PlatformProcess.StartAsync(Cancel);
        var (token, pool) = await platform.SignInAsync(Cancel);
        await MistakesAsync(platform, pool, token);

        var placing = Enumerable.Range(0, Orders).Select(number => PlaceAsync(platform, pool, $"work-{number}")).ToList();
        await Task.WhenAny(placing);
        var exitCode = await platform.TerminateAsync(ShutdownMax, Cancel);
        var placed = await Task.WhenAll(placing);

        Assert.Equal(0, exitCode);
        Assert.Contains(HttpStatusCode.Accepted, placed);
        var log = platform.Log;
        var events = await EventsAsync(platform);
        Assert.Contains("\"RayId\":\"", log, StringComparison.Ordinal);
        Assert.NotEmpty(events);
        foreach (var secret in (string[])[platform.Venue.ApiSecret, token, PlatformProcess.Password, "canary-mistake", "$argon2id$"])
        {
            Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, events, StringComparison.Ordinal);
        }
        Assert.DoesNotMatch(Signature(), log);
        Assert.DoesNotContain(PlatformProcess.Email, events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readiness_tells_when_venue_or_database_is_away_and_back()
    {
        await using var platform = await PlatformProcess.StartAsync(Cancel);
        var ready = await platform.Http.GetFromJsonAsync<JsonElement>("/health/ready", Cancel);
        Assert.Equal(["fetchers", "identity", "keys", "store", "vault", "venue"], ready.GetProperty("checks").EnumerateObject().Select(check => check.Name).Order(StringComparer.Ordinal));

        await platform.Venue.KillAsync();
        await BecomesAsync(platform, HttpStatusCode.ServiceUnavailable, "venue");
        await platform.Venue.StartAsync(Cancel);
        await BecomesAsync(platform, HttpStatusCode.OK, "venue");

        await platform.AllowDatabaseAsync("false", Cancel);
        await BecomesAsync(platform, HttpStatusCode.ServiceUnavailable, "store");
        using (var live = await platform.Http.GetAsync("/health/live", Cancel))
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        await platform.AllowDatabaseAsync("true", Cancel);
        await BecomesAsync(platform, HttpStatusCode.OK, "store");
    }

    // Secrets where they do not belong: in a body that is refused, a header, an address.
    private static async Task MistakesAsync(PlatformProcess platform, string pool, string token)
    {
        using var wrong = await platform.Http.PostAsJsonAsync(
            "/v1/auth/sign-in", new { email = PlatformProcess.Email, password = "canary-mistake" }, Cancel);
        await Problem.ExpectAsync(wrong, 401, "invalid_credentials");
        using var content = new StringContent("""{"market":"BTC-USDT","side":"canary-mistake"}""", Encoding.UTF8, "application/json");
        content.Headers.Add("Idempotency-Key", "mistake");
        using var refused = await platform.Http.PostAsync($"/v1/pools/{pool}/orders", content, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        // Attack 28: in the address, which others log too. It counts for nothing there.
        foreach (var path in (string[])["/v1/pools", "/hub"])
        {
            using var anyone = new HttpClient { BaseAddress = platform.Http.BaseAddress };
            using var unread = await anyone.GetAsync($"{path}?access_token={token}", Cancel);
            Assert.False(unread.IsSuccessStatusCode);
        }
    }

    private static async Task<HttpStatusCode?> PlaceAsync(PlatformProcess platform, string pool, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/pools/{pool}/orders");
        request.Headers.Add("Idempotency-Key", key);
        request.Content = JsonContent.Create(new { market = Trader.Market, side = "buy", type = "market", quoteQuantity = "20" });
        try
        {
            using var answer = await platform.Http.SendAsync(request, Cancel);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null; // It listens no more.
        }
    }

    private static Task BecomesAsync(PlatformProcess platform, HttpStatusCode status, string check) => Eventually.IsTrueAsync(
        $"{check} is {status}", Patience, async waiting =>
        {
            using var answer = await platform.Http.GetAsync("/health/ready", waiting);
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>(waiting);
            return answer.StatusCode == status
                && body.GetProperty("checks").GetProperty(check).GetProperty("status").ValueEquals(
                    status is HttpStatusCode.OK ? "healthy" : "unhealthy");
        }, Cancel);

    private static async Task<string> EventsAsync(PlatformProcess platform)
    {
        await using var connection = new NpgsqlConnection(platform.Connection);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand("select string_agg(e::text, E'\\n') from platform.mt_events e", connection);
        return (string)(await command.ExecuteScalarAsync(Cancel))!;
    }

    [GeneratedRegex("signature=[0-9a-f]{64}", RegexOptions.NonBacktracking)]
    private static partial Regex Signature();
}
