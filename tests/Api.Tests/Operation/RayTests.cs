using System.Net.Http.Json;
using System.Text.Json;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Operation;

/// <summary>What an operator learns of a request whose ray somebody tells.</summary>
public sealed class RayTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ray_of_an_order_joins_what_was_logged_traced_and_recorded_in_order_of_time()
    {
        await using var platform = await PlatformProcess.StartAsync(Cancel);
        var (token, pool) = await platform.SignInAsync(Cancel);
        var ray = await PlaceAsync(platform, pool);

        List<JsonElement> steps = [];
        await Eventually.IsTrueAsync("all of the order is told", Patience, async waiting =>
        {
            var ended = await platform.CommandAsync(["ray", "show", ray, "--output", "json"], waiting);
            steps = ended.ExitCode == 0 ? [.. JsonDocument.Parse(ended.Output).RootElement.EnumerateArray()] : [];
            return Of(steps, "event").Contains("order_intended") && Of(steps, "event").Contains("order_sent") && Of(steps, "log").Any()
                && Of(steps, "span").Any(what => what.Contains("POST", StringComparison.Ordinal));
        }, Cancel);
        var table = await platform.CommandAsync(["ray", "show", ray[..32]], Cancel);

        var times = steps.Select(step => step.GetProperty("at").GetDateTimeOffset()).ToList();
        Assert.Equal(times.Order(), times);
        Assert.Equal(0, table.ExitCode);
        Assert.Contains("order_intended", table.Output, StringComparison.Ordinal);
        var told = table.Output + string.Join('\n', steps) + platform.Rays;
        Assert.All(
            [token, PlatformProcess.Password, platform.Venue.ApiSecret, platform.Venue.ApiKey],
            secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));
        // What the platform's own log leaves out (here all below Debug) is not kept here either.
        Assert.DoesNotMatch("\"@l\":\"Verbose\"", platform.Rays);
        // What the platform does without being asked is nobody's ray.
        Assert.DoesNotContain("highwatermark", platform.Rays, StringComparison.Ordinal);
        Assert.All(
            Directory.EnumerateFiles(platform.RayFolder),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        await RefusedAsync(platform);
        await SignInAsync(platform);
    }

    // What no command on the bus does has its events too.
    private static async Task SignInAsync(PlatformProcess platform)
    {
        using var answer = await platform.Http.PostAsJsonAsync(
            "/v1/auth/sign-in", new { email = PlatformProcess.Email, password = PlatformProcess.Password }, Cancel);
        var shown = await platform.CommandAsync(["ray", "show", Assert.Single(answer.Headers.GetValues("X-Ray-Id"))], Cancel);
        Assert.Contains("session_opened", shown.Output, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(PlatformProcess platform)
    {
        var unknown = await platform.CommandAsync(["ray", "show", $"{new string('0', 31)}1-0001"], Cancel);
        Assert.Equal((1, "", "Nothing is known of that ray."), (unknown.ExitCode, unknown.Output, unknown.Errors));
        foreach (var hostile in (string[])["x", "' or 1=1--", "../../etc/passwd", $"{new string('A', 32)}-0001", "\u001b[2J", $"{new string('0', 32)}-0001-0001"])
        {
            var refused = await platform.CommandAsync(["ray", "show", hostile], Cancel);
            Assert.Equal(
                (1, "", "error: A ray is named by 32 digits of 0-9 and a-f, a hyphen and 4 more, as X-Ray-Id has it."),
                (refused.ExitCode, refused.Output, refused.Errors));
        }

        // What somebody wrote into the files to move the cursor of whoever reads them.
        var trace = $"{new string('0', 31)}2";
        await File.WriteAllTextAsync(
            Path.Combine(platform.RayFolder, "rays-20000101.jsonl"),
            $$"""{"@t":"2026-01-01T00:00:00Z","@m":"\u001b[2J[red]\u202e\r\nforged","@tr":"{{trace}}"}""" + "\nno json " + trace, Cancel);
        var escaped = await platform.CommandAsync(["ray", "show", trace], Cancel);
        Assert.Contains(@"\u001b[2J[red]\u202e\u000d\u000aforged", escaped.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", escaped.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Of(IEnumerable<JsonElement> steps, string kind) =>
        steps.Where(step => step.GetProperty("kind").ValueEquals(kind)).Select(step => step.GetProperty("what").GetString()!);

    private static async Task<string> PlaceAsync(PlatformProcess platform, string pool)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/pools/{pool}/orders");
        request.Headers.Add("Idempotency-Key", Trader.Key());
        request.Content = JsonContent.Create(new { market = Trader.Market, side = "buy", type = "market", quoteQuantity = "20" });
        using var answer = await platform.Http.SendAsync(request, Cancel);
        Assert.Equal(202, (int)answer.StatusCode);
        return Assert.Single(answer.Headers.GetValues("X-Ray-Id"));
    }
}
