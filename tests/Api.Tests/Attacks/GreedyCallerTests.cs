using System.Net;
using Platform.Api.Tests.Identity;
using Platform.Api.Tests.Operation;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Attacks;

/// <summary>A platform that waits for nobody's words longer than two seconds, and bears few connections.</summary>
public sealed class TightPlatform : IAsyncLifetime
{
    public const int PerAddress = 20;
    public static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(6);

    public PlatformProcess Platform { get; private set; } = null!;

    public Uri Address => Platform.Http.BaseAddress!;

    public async ValueTask InitializeAsync() => Platform = await PlatformProcess.StartAsync(
        CancellationToken.None,
        ("Platform__Requests__HeadersMax", "00:00:02"), ("Platform__Requests__IdleMax", $"{IdleMax}"),
        ("Platform__Requests__BodyGrace", "00:00:02"), ("Platform__Requests__ConnectionsPerAddressMax", $"{PerAddress}"));

    public ValueTask DisposeAsync() => Platform.DisposeAsync();
}

/// <summary>Callers who take the time, the connections or the memory that others need.</summary>
public sealed class GreedyCallerTests(TightPlatform tight) : IClassFixture<TightPlatform>
{
    private static readonly IPAddress Attacker = IPAddress.Parse("127.0.18.1");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET /v1/markets HTTP/1.1\r\nHost: platform\r\n", "X-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("POST /v1/auth/sign-in HTTP/1.1\r\nHost: platform\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n",
        "{                                                     ")]
    [InlineData("POST /v1/auth/sign-in HTTP/1.1\r\nHost: platform\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
        "1\r\n{\r\n1\r\n \r\n1\r\n \r\n1\r\n \r\n1\r\n \r\n1\r\n \r\n1\r\n \r\n")]
    public async Task Attack_18_a_byte_at_a_time_is_cut_off(string begun, string trickle)
    {
        using var slow = await RawHttp.ConnectAsync(tight.Address, Attacker);
        await slow.SendAsync(begun);
        var trickling = TrickleAsync(slow, trickle);

        var said = await slow.UntilClosedAsync().WaitAsync(Patience, TimeProvider.System, Cancel);

        Assert.StartsWith("HTTP/1.1 408 ", said, StringComparison.Ordinal);
        await trickling;
    }

    [Fact]
    public async Task Attack_18_idle_connections_of_one_address_are_few_and_short_lived_and_others_are_served()
    {
        List<RawHttp> idle = [];
        for (var number = 0; number < 4 * TightPlatform.PerAddress; number++)
            idle.Add(await RawHttp.ConnectAsync(tight.Address, Attacker));
        var ends = idle.Select(each => each.UntilClosedAsync()).ToList();
        using (var client = new HttpClient { BaseAddress = tight.Address })
        using (var other = await client.GetAsync("/health/live", Cancel))
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        // Those above the limit are not kept until they have been idle for long.
        await Eventually.IsTrueAsync(
            $"{TightPlatform.PerAddress} are open", TightPlatform.IdleMax - TimeSpan.FromSeconds(1),
            _ => Task.FromResult(ends.Count(end => !end.IsCompleted) <= TightPlatform.PerAddress), Cancel);

        await Task.WhenAll(ends).WaitAsync(TightPlatform.IdleMax + Patience, TimeProvider.System, Cancel);

        idle.ForEach(each => each.Dispose());
        using var after = await RawHttp.ConnectAsync(tight.Address, Attacker);
        await after.SendAsync("GET /health/live HTTP/1.1\r\nHost: platform\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", await after.HeadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 30000000")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task Attack_06_body_of_30_megabytes_is_refused_without_being_held(string length)
    {
        const int uploads = 16;
        await File.WriteAllTextAsync($"/proc/{tight.Platform.Id}/clear_refs", "5", Cancel);
        var before = ProcessMemory.Of(tight.Platform.Id, "VmRSS");

        var said = await Task.WhenAll(Enumerable.Range(0, uploads).Select(_ => UploadAsync(length)));

        Assert.All(said, answer => Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal));
        Assert.InRange(ProcessMemory.Of(tight.Platform.Id, "VmHWM") - before, long.MinValue, 64L << 20);
    }

    // As much of it as the server takes.
    private async Task<string> UploadAsync(string length)
    {
        using var raw = await RawHttp.ConnectAsync(tight.Address, Person.NewAddress());
        await raw.SendAsync($"POST /v1/auth/sign-in HTTP/1.1\r\nHost: platform\r\nContent-Type: application/json\r\n{length}\r\n\r\n");
        var answer = raw.HeadAsync();
        var chunk = $"4000\r\n{new string(' ', 0x4000)}\r\n";
        for (var sent = 0; sent < 30_000_000 && !answer.IsCompleted && await raw.SendAsync(chunk); sent += chunk.Length)
        {
            // On to the next.
        }

        return await answer;
    }

    private static async Task TrickleAsync(RawHttp slow, string text)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        foreach (var letter in text)
        {
            await timer.WaitForNextTickAsync(Cancel);
            if (!await slow.SendAsync($"{letter}"))
                return;
        }
    }
}
