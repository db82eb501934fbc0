using System.Net;
using Platform.Api.Tests.Identity;

namespace Platform.Api.Tests.Attacks;

/// <summary>Addresses, verbs and headers by which a caller tries to be taken for something else.</summary>
public sealed class AddressTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("X-HTTP-Method-Override: DELETE", "GET /v1/markets", 200)]
    [InlineData("X-HTTP-Method: DELETE", "GET /v1/markets", 200)]
    [InlineData("X-Method-Override: POST", "GET /v1/auth/sign-in", 405)]
    [InlineData("X-None: 1", "TRACE /v1/markets", 405)]
    [InlineData("X-None: 1", "TRACE /nothing/there", 405)]
    [InlineData("X-None: 1", "TRACE /", 405)]
    [InlineData("X-None: 1", "CONNECT platform:443", 405)]
    [InlineData("X-None: 1", "OPTIONS *", 405)]
    [InlineData("X-None: 1", "PROPFIND /v1/markets", 405)]
    [InlineData("X-None: 1", "PROPFIND /nothing/there", 405)]
    [InlineData("X-None: 1", "get /v1/markets", 405)]
    [InlineData("X-None: 1", "DELETE /health/live", 405)]
    [InlineData("X-None: 1", "POST /health/ready", 405)]
    [InlineData("X-None: 1", "DELETE /hub", 405)]
    [InlineData("X-None: 1", "DELETE /docs/", 405)]
    [InlineData("X-None: 1", "HEAD /health/live", 200)]
    public async Task Attack_20_verb_that_is_none_of_the_address_is_refused_with_those_that_are(string header, string line, int status)
    {
        using var raw = await RawHttp.ConnectAsync(platform.Address);
        await raw.SendAsync($"{line} HTTP/1.1\r\nHost: {(line.StartsWith("CONNECT", StringComparison.Ordinal) ? "platform:443" : "platform")}\r\n{header}\r\n\r\n");
        var head = await raw.HeadAsync();

        Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
        Assert.Equal(status is 405, head.Contains("\r\nAllow: ", StringComparison.Ordinal));
    }

    /// <summary>Targets that some readers take for others.</summary>
    public static TheoryData<string> Spellings =>
    [
        "/v1/nothing/../markets",
        "/v1/./markets",
        "/v1/nothing/%2e%2e/markets",
        "/v1/nothing/%2E./markets",
        "/v1/nothing/..%2fmarkets",
        "//v1/markets",
        "/v1//markets",
        "/v1/markets;x=1",
        "/v1;x=1/markets",
        "/v1/markets%3bx=1",
        "/v1/Markets",
        "/V1/markets",
        "/v1/markets.",
        "/v1/markets%20",
        "/v1/%6darkets",
        "/v1%2fmarkets",
        "/v1\\markets",
        "/v1%5cmarkets",
        "/v1/markets%00",
        "/v1/nothing/%c0%ae%c0%ae/markets",
        "/v1/nothing/%e0%80%ae./markets",
        "/v1/nothing/%25%32%65%25%32%65/markets",
        "http://platform/v1/nothing/../markets",
        "/HEALTH/live",
        "/Hub",
    ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task Attack_21_address_spelled_in_another_way_leads_nowhere(string target)
    {
        using var raw = await RawHttp.ConnectAsync(platform.Address);
        await raw.SendAsync($"GET {target} HTTP/1.1\r\nHost: platform\r\n\r\n");
        var head = await raw.HeadAsync();

        Assert.True(
            head.StartsWith("HTTP/1.1 404 ", StringComparison.Ordinal) || head.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), head);
    }

    [Theory]
    [InlineData("/v1/markets?search=%2e%2e//;%c3%a9")]
    [InlineData("http://platform/v1/markets")]
    [InlineData("/v1/markets/BTC%C3%9F-USDT/ticker")]
    public async Task Address_in_its_plain_spelling_leads_where_it_says(string target)
    {
        using var raw = await RawHttp.ConnectAsync(platform.Address);
        await raw.SendAsync($"GET {target} HTTP/1.1\r\nHost: platform\r\n\r\n");

        Assert.StartsWith(target.Contains('?') || target.Contains(':') ? "HTTP/1.1 200 " : "HTTP/1.1 4", await raw.HeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attack_21_partners_address_in_capitals_leads_nowhere_and_a_key_in_it_is_revoked()
    {
        using var owner = await Person.JoinAsync(platform);
        var key = await ApiKeyTests.CreateAsync(owner, "pools");
        using var byToken = await owner.Http.GetAsync($"/PLATFORM-API/{ApiKeyTests.NameOf(key)}/v1/pools", Cancel);
        await Problem.ExpectAsync(byToken, 404, "not_found");

        using var given = await platform.Anyone.GetAsync($"/PLATFORM-API/{key}/v1/pools", Cancel);

        await Problem.ExpectAsync(given, 400, "key_in_address");
        using var dead = await ApiKeyTests.GetAsync(platform, key, "pools");
        Assert.Equal(HttpStatusCode.Unauthorized, dead.StatusCode);
    }

    [Theory]
    [InlineData("X-User-Id")]
    [InlineData("X-Forwarded-User")]
    [InlineData("X-Inner-Token")]
    [InlineData("X-Map-Epoch")]
    [InlineData("X-Client-Cert")]
    public async Task Attack_19_header_that_says_who_one_is_makes_nobody_one(string header)
    {
        using var trader = await Trader.OpenAsync(platform);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{trader.Path}/orders");
        request.Headers.TryAddWithoutValidation(header, header is "X-Inner-Token" ? trader.Token : $"{trader.User}");
        using var answer = await platform.Anyone.SendAsync(request, Cancel);

        await Problem.ExpectAsync(answer, 401, "not_signed_in");
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Real-IP", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("True-Client-IP", "203.0.113.7")]
    public async Task Attack_19_header_that_says_where_one_is_moves_nobody(string header, string value)
    {
        using var owner = await Person.JoinAsync(platform);
        var key = await ApiKeyTests.CreateAsync(owner, pool: null, ["203.0.113.0/24"], "pools");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/platform-api/{ApiKeyTests.NameOf(key)}/v1/pools");
        request.Headers.Add("X-Api-Secret", key);
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await platform.Anyone.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Attack_19_callers_own_trace_and_ray_are_not_taken_over()
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/markets");
        request.Headers.Add("traceparent", $"00-{trace}-b7ad6b7169203331-01");
        request.Headers.Add("tracestate", "a=b");
        request.Headers.Add("baggage", "user=root");
        request.Headers.Add("X-Ray-Id", $"{trace}-0001");
        using var answer = await platform.Anyone.SendAsync(request, Cancel);

        Assert.DoesNotContain(trace, Assert.Single(answer.Headers.GetValues("X-Ray-Id")), StringComparison.Ordinal);
    }
}
