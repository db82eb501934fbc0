using Platform.Tests.Support;

namespace Platform.Api.Tests.Attacks;

/// <summary>
/// The platform behind HAProxy, which forbids some addresses: what the two read differently would get past the rule.
/// </summary>
public sealed class ProxyPairTests(PlatformHost platform) : IAsyncLifetime
{
    private const string Install = "apt-get install -y --no-install-recommends haproxy";

    private static readonly string? Program = new[] { "/usr/sbin/haproxy", "/usr/local/sbin/haproxy" }.FirstOrDefault(File.Exists);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("pair-").FullName;
    private readonly Uri proxy = new($"http://127.0.0.1:{FreePort.Next()}");
    private ChildProcess? process;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
            return;

        var rules = Path.Combine(folder, "haproxy.cfg");
        await File.WriteAllTextAsync(
            rules,
            $$"""
            defaults
              mode http
              timeout connect 5s
              timeout client 3s
              timeout server 10s
            listen pair
              bind 127.0.0.1:{{proxy.Port}}
              http-request deny if { path_beg /health /v1/markets }
              server platform 127.0.0.1:{{platform.Address.Port}}

            """, Cancel);
        process = ChildProcess.Start(Program, ["-f", rules, "-db"], new Dictionary<string, string>(), Path.Combine(folder, "log"));
        await process.IsReadyAsync(new(proxy, "/openapi/v1.json"), Patience, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Attack_16_no_request_is_smuggled_past_the_rules_of_a_proxy()
    {
        Assert.SkipWhen(Program is null, $"haproxy is not installed. The command: {Install}");
        var said = await Task.WhenAll(FramingTests.Ambiguous.Select(rest => RawHttp.UntilClosedAsync(
            proxy, $"{FramingTests.Head}{rest.Data}GET /health/live HTTP/1.1\r\nHost: platform\r\nConnection: close\r\n\r\n")));

        Assert.All(said, each => Assert.DoesNotContain("HTTP/1.1 200", each, StringComparison.Ordinal));
        Assert.All(said, each => Assert.DoesNotContain("HTTP/1.1 500", each, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attack_21_no_other_spelling_gets_past_the_rules_of_a_proxy()
    {
        Assert.SkipWhen(Program is null, $"haproxy is not installed. The command: {Install}");
        foreach (var target in AddressTests.Spellings.Select(row => row.Data).Append("/v1/markets"))
        {
            var said = await RawHttp.UntilClosedAsync(proxy, $"GET {target} HTTP/1.1\r\nHost: platform\r\nConnection: close\r\n\r\n");
            Assert.Matches("^HTTP/1.1 (400|403|404) ", said);
        }
    }
}
