using System.Buffers.Binary;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Options;
using Platform.Api.Limits;
using Platform.Api.Lists;

namespace Platform.Api.Tests.Limits;

/// <summary>Nobody gets more than the limit, and nobody is made to share what is theirs.</summary>
public sealed class RateLimitTests(RateLimitTests.Narrow platform) : IClassFixture<RateLimitTests.Narrow>
{
    private const int Burst = 45;

    // Whether the platform is ready is asked as often as it takes.
    private const int Files = 2_000;

    private static readonly IPAddress Somewhere = IPAddress.Parse("192.0.2.1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A platform whose buckets are small and all but never refilled.</summary>
    public sealed class Narrow : IAsyncLifetime
    {
        private readonly Operation.PlatformProcess[] process = new Operation.PlatformProcess[1];

        public HttpClient Http => process[0].Http;

        public Uri Address => Http.BaseAddress!;

        public string Pool { get; private set; } = "";

        public string Token { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            process[0] = await Operation.PlatformProcess.StartAsync(
                CancellationToken.None,
                [.. Enum.GetValues<RateTier>().Except([RateTier.Guess]).SelectMany(tier => ((string, string)[])
                [
                    ($"Platform__RateLimits__{tier}__Average", "1"), ($"Platform__RateLimits__{tier}__Period", "01:00:00"),
                    ($"Platform__RateLimits__{tier}__Burst", $"{(tier is RateTier.Static ? Files : Burst)}"),
                ])]);
            (Token, Pool) = await process[0].SignInAsync(CancellationToken.None);
        }

        public ValueTask DisposeAsync() => process[0].DisposeAsync();
    }

    [Fact]
    public async Task Attack_26_one_over_the_burst_is_refused_whatever_headers_say_of_the_address()
    {
        List<HttpResponseMessage> answers = [];
        for (var number = 0; number <= Burst + 20; number++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(platform.Address, "/v1/markets"));
            foreach (var header in (string[])["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP"])
                request.Headers.TryAddWithoutValidation(header, $"10.{number}.0.1");
            using HttpClient stranger = new();
            answers.Add(await stranger.SendAsync(request, Cancel));
        }

        // The sign-in took one.
        Assert.InRange(answers.Count(answer => answer.StatusCode is HttpStatusCode.OK), 1, Burst - 1);
        var refused = answers[^1];
        await Problem.ExpectAsync(refused, 429, "rate_limited");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Signed_in_user_has_a_bucket_of_their_own_and_a_spreadsheet_takes_twenty_of_it()
    {
        async Task<int> TakenAsync(string accept)
        {
            var taken = 0;
            while (true)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/pools/{platform.Pool}/orders");
                request.Headers.Add("Accept", accept);
                using var answer = await platform.Http.SendAsync(request, Cancel);
                if (answer.StatusCode is HttpStatusCode.TooManyRequests)
                    return taken;

                taken++;
            }
        }

        Assert.InRange(await TakenAsync(ExcelFile.MediaType), 1, Burst * 8 / 20);
        // What is left is not enough for another, and enough for as many pages.
        Assert.InRange(await TakenAsync("application/json"), 1, 19);
    }

    [Fact]
    public async Task Addresses_where_nothing_is_are_counted_apart()
    {
        using HttpClient stranger = new() { BaseAddress = platform.Address };
        HttpStatusCode last = default;
        for (var number = 0; number <= Files && last is not HttpStatusCode.TooManyRequests; number++)
        {
            using var answer = await stranger.GetAsync($"/assets/{number}.js", Cancel);
            last = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task Calls_over_the_push_are_counted_and_each_topic_in_one()
    {
        await using var hub = new HubConnectionBuilder().WithUrl(
            new Uri(platform.Address, "/hub"), options =>
            {
                options.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.WebSockets;
                options.SkipNegotiation = true;
            }).Build();
        await hub.StartAsync(Cancel);

        await hub.InvokeAsync("Unwatch", Array.Empty<int>(), Cancel);
        var error = await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(async () =>
        {
            for (var number = 0; number < 4; number++)
                await hub.InvokeAsync<object>("Watch", Enumerable.Range(0, 20).Select(each => new { topic = $"ticker/{each}" }).ToArray(), Cancel);
        });
        Assert.Contains("rate_limited", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bucket_gives_what_the_average_and_the_burst_say()
    {
        await using RateLimits limits = new(Options.Create(new RateLimitOptions { Api = new() { Average = 100, Burst = 200 } }));
        RatePartition caller = new("user:a", Factor: 1);
        var (start, admitted) = (TimeProvider.System.GetTimestamp(), 0);
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(3))
        {
            if (limits.Take(RateTier.Api, caller, weight: 1) is null)
                admitted++;
            else
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancel);
        }

        var ideal = 200 + 100 * TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        Assert.InRange(admitted, ideal * 0.9, ideal + 20);
    }

    [Fact]
    public void Key_has_a_bucket_of_its_own_beside_its_users_and_the_ordinary_limit()
    {
        var user = Guid.CreateVersion7();
        var person = RatePartition.Of(With(new Claim(ClaimTypes.NameIdentifier, $"{user}")), Somewhere);
        var key = RatePartition.Of(With(new Claim(ClaimTypes.NameIdentifier, $"{user}"), new Claim("api_key", "k1"), new Claim("scp", "31")), Somewhere);

        Assert.Equal(new($"user:{user}", Factor: 1), person);
        Assert.Equal(new("key:k1", Factor: 1), key);

        static ClaimsPrincipal With(params Claim[] claims) => new(new ClaimsIdentity(claims, "test"));
    }

    [Fact]
    public async Task Attack_26_addresses_of_one_line_share_a_bucket_and_a_million_take_bounded_memory()
    {
        await using RateLimits limits = new(Options.Create(new RateLimitOptions { Api = new() { Average = 1, Period = TimeSpan.FromHours(1), Burst = 50 } }));
        var line = IPAddress.Parse("2001:db8:1:2::").GetAddressBytes();
        var admitted = Enumerable.Range(0, 10_000).Count(number =>
        {
            BinaryPrimitives.WriteInt32BigEndian(line.AsSpan(12), number * 7919);
            return limits.Take(RateTier.Api, RatePartition.OfNetwork(new(line)), weight: 1) is null;
        });

        Assert.Equal(50, admitted);
        Assert.NotEqual(Of("2001:db8:1:2::1"), Of("2001:db8:1:3::1"));
        Assert.Equal(Of("192.0.2.1"), Of("::ffff:192.0.2.1"));
        Assert.NotEqual(Of("192.0.2.1"), Of("192.0.2.2"));
        var buckets = Enumerable.Range(0, 1_000_000).Select(number => RatePartition.OfNetwork(new(number))).ToHashSet();
        Assert.InRange(buckets.Count, 16_000, 16_384);

        static RatePartition Of(string address) => RatePartition.OfNetwork(IPAddress.Parse(address));
    }
}
