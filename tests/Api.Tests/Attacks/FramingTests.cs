using Platform.Api.Tests.Identity;

namespace Platform.Api.Tests.Attacks;

/// <summary>Requests that two readers could cut apart in two ways.</summary>
public sealed class FramingTests(PlatformHost platform)
{
    internal const string Head = "POST /v1/auth/sign-in HTTP/1.1\r\nHost: platform\r\nContent-Type: application/json\r\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What may come behind the head of a request with a body, cut in two ways.</summary>
    public static TheoryData<string> Ambiguous =>
    [
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n",
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
        "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        "Content-Length: 2, 2\r\n\r\n{}",
        "Content-Length: -2\r\n\r\n{}",
        "Content-Length: 0x2\r\n\r\n{}",
        "Content-Length : 2\r\n\r\n{}",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2;a=\nb\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}x\r\n0\r\n\r\n",
        "Content-Length: 2\n\r\n{}",
        "Content-Length: 2\r\n\n{}",
        "X-Folded: a\r\n b\r\nContent-Length: 2\r\n\r\n{}",
        "X-Nul: a\0b\r\nContent-Length: 2\r\n\r\n{}",
        "X-Return: a\rContent-Length: 2\r\n\r\n{}",
    ];

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task Attack_16_request_that_ends_at_two_places_is_refused_and_ends_the_connection(string rest)
    {
        // What a careless reader would take for the next request must not be answered.
        var said = await RawHttp.UntilClosedAsync(platform.Address, $"{Head}{rest}GET /health/live HTTP/1.1\r\nHost: platform\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", said, StringComparison.Ordinal);
        Assert.Single(said.Split("HTTP/1.1 "), part => part.Length > 0);
    }

    [Theory]
    [InlineData("GET /v1/markets HTTP/1.1\nHost: platform\r\n\r\n")]
    [InlineData("GET /v1/markets HTTP/1.1\r\nHost: platform\n\r\n")]
    [InlineData("GET /v1/markets HTTP/1.1\r\nHost: platform\r\n\n")]
    [InlineData("GET /v1/markets HTTP/1.1\r\nHost: platform\r\nHost: other\r\n\r\n")]
    [InlineData("GET /v1/markets HTTP/1.1\r\n\r\n")]
    [InlineData("GET /v1/markets HTTP/1.1\r\nHost: platform\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("GET  /v1/markets HTTP/1.1\r\nHost: platform\r\n\r\n")]
    public async Task Attack_16_head_that_ends_at_two_places_is_refused_and_ends_the_connection(string request) =>
        Assert.StartsWith("HTTP/1.1 400 ", await RawHttp.UntilClosedAsync(platform.Address, request), StringComparison.Ordinal);

    [Theory]
    [InlineData("text/plain")]
    [InlineData(null)]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=\"utf-32\"")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/json, application/json")]
    public async Task Attack_15_body_of_another_type_or_encoding_is_refused(string? type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/auth/sign-in") { Content = new ByteArrayContent("{}"u8.ToArray()) };
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var client = Person.FromAnAddressOfItsOwn(platform);
        using var answer = await client.SendAsync(request, Cancel);

        await Problem.ExpectAsync(answer, 415, "media_type_unsupported");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON; Charset=\"UTF-8\"")]
    public async Task Body_of_JSON_in_its_own_encoding_is_read(string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/auth/verify") { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var client = Person.FromAnAddressOfItsOwn(platform);
        using var answer = await client.SendAsync(request, Cancel);

        Assert.Equal(400, (int)answer.StatusCode);
    }
}
