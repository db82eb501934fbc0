using Platform.Api.Tests.Operation;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Identity;

/// <summary>How staff comes to be: by the operator's command, beside a platform that runs.</summary>
public sealed class UsersCommandTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Level_that_an_operator_sets_counts_at_the_next_request()
    {
        using var person = await Person.JoinAsync(platform);

        var ended = await RunAsync("users", "level", $" {person.Email.ToUpperInvariant()}", "administrator");

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal("administrator", (await person.GetAsync("/v1/account")).GetProperty("level").GetString());
    }

    [Fact]
    public async Task Who_lost_the_second_factor_signs_in_by_the_password_and_sets_up_another()
    {
        using var person = await Person.JoinAsync(platform);
        await AccountTests.EnrollAsync(person);

        var ended = await RunAsync("users", "reset-factors", person.Email);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        using var signedIn = await person.SignInAsync();
        await person.TakeTokenAsync(signedIn);
        Assert.False((await person.GetAsync("/v1/account")).GetProperty("hasTotp").GetBoolean());
        await AccountTests.EnrollAsync(person);
    }

    [Fact]
    public async Task Nobody_and_no_level_are_told_so()
    {
        var nobody = await RunAsync("users", "level", "nobody@people.test", "administrator");
        var king = await RunAsync("users", "level", "nobody@people.test", "king");

        Assert.Equal((1, "error: Nobody has registered with nobody@people.test."), (nobody.ExitCode, nobody.Errors));
        Assert.NotEqual(0, king.ExitCode);
    }

    private Task<Script.Ended> RunAsync(params string[] arguments) => Script.RunAsync(
        PlatformProcess.Program, arguments,
        new Dictionary<string, string> { ["Platform__Postgres"] = platform.Connection, ["Platform__KeyFolder"] = platform.KeyFolder }, Cancel);
}
