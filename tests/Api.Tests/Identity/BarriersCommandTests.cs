using System.Net;
using Platform.Api.Tests.Operation;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Identity;

/// <summary><c>platform barriers raise</c>, beside a platform that runs.</summary>
public sealed class BarriersCommandTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Barrier_that_an_operator_raises_stands_within_a_second_and_before_nobody_else()
    {
        using var person = await Person.JoinAsync(platform);
        using var other = await Person.JoinAsync(platform);

        var ended = await RunAsync("user", person.Id.ToString());

        Assert.True(ended.ExitCode == 0, ended.ToString());
        await Eventually.IsTrueAsync("the person is out", TimeSpan.FromSeconds(1), async waiting =>
        {
            using var refused = await person.Http.GetAsync("/v1/account", waiting);
            return refused.StatusCode is HttpStatusCode.Unauthorized;
        }, Cancel);
        await other.GetAsync("/v1/account");
    }

    [Theory]
    [InlineData("user", "somebody")]
    [InlineData("network", "10.0.0.0/8")]
    [InlineData("everybody", "else")]
    public async Task What_names_nobody_is_told_so(string scope, string subject)
    {
        var ended = await RunAsync(scope, subject);

        Assert.Equal((1, $"error: That names no {scope}."), (ended.ExitCode, ended.Errors));
    }

    private Task<Script.Ended> RunAsync(string scope, string subject) => Script.RunAsync(
        PlatformProcess.Program, ["barriers", "raise", scope, subject],
        new Dictionary<string, string> { ["Platform__Postgres"] = platform.Connection, ["Platform__KeyFolder"] = platform.KeyFolder }, Cancel);
}
