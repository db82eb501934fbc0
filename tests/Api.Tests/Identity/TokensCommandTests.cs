using System.Diagnostics;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Identity;

/// <summary><c>platform tokens</c>, as a process of its own.</summary>
public sealed class TokensCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tokens-command-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Rotation_makes_the_next_key_of_that_tier_alone()
    {
        var (first, said) = await RunAsync("outer");
        var (second, _) = await RunAsync("outer");

        Assert.Equal((0, 0), (first, second));
        Assert.Contains("k4.pid.", said, StringComparison.Ordinal);
        Assert.Equal(
            ["outer-0001.key", "outer-0002.key", "outer-0003.key"],
            Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("../outer")]
    public async Task Tier_that_is_none_is_refused(string tier)
    {
        var (exitCode, _) = await RunAsync(tier);

        Assert.Equal(1, exitCode);
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string tier)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo(
            RepositoryRoot.Combine("src", "Api", "bin", configuration, "net10.0", "Platform.Api"), ["tokens", "rotate", tier])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["Platform__KeyFolder"] = folder;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = configuration is "Release" ? "Production" : "Development";
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync(Cancel);
        await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await said);
    }
}
