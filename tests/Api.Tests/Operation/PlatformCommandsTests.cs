using Platform.Tests.Support;

namespace Platform.Api.Tests.Operation;

/// <summary><c>platform</c> as an operator meets it who knows nothing of it yet: a process of its own, with no store anywhere.</summary>
public sealed class PlatformCommandsTests
{
    [Fact]
    public async Task Help_lists_what_an_operator_does_with_the_platform()
    {
        var ended = await RunAsync("--help");

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Contains("platform [command]", ended.Output, StringComparison.Ordinal);
        Assert.All(["fetchers", "import", "keys", "users", "venues"], command => Assert.Contains($"\n  {command} ", ended.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_without_a_database_is_refused_in_a_sentence()
    {
        var ended = await RunAsync();

        Assert.Equal((1, "error: Platform:Postgres is not set: a PostgreSQL connection string."), (ended.ExitCode, ended.Errors));
    }

    private static Task<Script.Ended> RunAsync(params string[] arguments) => Script.RunAsync(
        PlatformProcess.Program, arguments, new Dictionary<string, string> { ["Platform__Postgres"] = "" }, TestContext.Current.CancellationToken);
}
