namespace Platform.Api.Tests.Attacks;

/// <summary>HTTP/2, which is not spoken here.</summary>
public sealed class Http2Tests(PlatformHost platform)
{
    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    [Fact]
    public async Task Attack_17_HTTP_2_is_refused_before_its_first_frame()
    {
        // The settings frame, and a thousand streams that are opened and reset at once.
        var frames = "\0\0\0\u0004\0\0\0\0\0" + string.Concat(Enumerable.Range(0, 1_000).Select(number => Reset((2 * number) + 1)));

        var said = await RawHttp.UntilClosedAsync(platform.Address, Preface + frames);

        // One GOAWAY with HTTP_1_1_REQUIRED (RFC 9113 7), behind the server's own empty settings, and no answer to any stream.
        Assert.EndsWith("\u0007\0\0\0\0\0\0\0\0\0\0\0\0\r", said, StringComparison.Ordinal);
        Assert.InRange(said.Length, 17, 64);
    }

    [Fact]
    public async Task Attack_17_nobody_is_upgraded_to_HTTP_2()
    {
        using var raw = await RawHttp.ConnectAsync(platform.Address);
        await raw.SendAsync(
            "GET /health/live HTTP/1.1\r\nHost: platform\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", await raw.HeadAsync(), StringComparison.Ordinal);
    }

    // RST_STREAM, CANCEL (RFC 9113 6.4).
    private static string Reset(int stream) =>
        $"\0\0\u0004\u0003\0{(char)(stream >> 24)}{(char)((stream >> 16) & 255)}{(char)((stream >> 8) & 255)}{(char)(stream & 255)}\0\0\0\b";
}
