
namespace Platform.Api.Tests.Secrets;

/// <summary>The operator's commands, as processes of their own on a database without a platform.</summary>
public sealed class CommandTests(VaultBench shared) : IClassFixture<VaultBench>
{
    private const int Secrets = 6;

    private static int names;

    private readonly string name = $"name-{Interlocked.Increment(ref names)}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_78_rotation_killed_at_each_row_leaves_every_secret_readable_and_is_taken_up()
    {
        await using var bench = await VaultBench.RaiseAsync();
        var rows = await bench.SealAsync(Secrets);

        // Held by the test, a row stops the rotation when it is about to be replaced; there the rotation is killed.
        for (var row = 0; row < rows.Count; row++)
        {
            await using var held = await bench.HoldAsync(rows[row]);
            await using var rotation = bench.Start("keys", "rotate");
            await bench.WaitsForLockAsync(rotation);
            await rotation.KillAsync();

            await held.RollbackAsync(Cancel);
            await bench.AllReadAsync(Secrets);
            Assert.Equal((row, Secrets - row), await bench.CountsAsync());
        }

        var ended = await bench.RunAsync(["keys", "rotate"]);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Contains("data key 2", ended.Output, StringComparison.Ordinal);
        Assert.Equal((Secrets, 0), await bench.CountsAsync());
        await bench.AllReadAsync(Secrets);
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("--value=hunter2")]
    [InlineData("--value", "hunter2")]
    public async Task Attack_127_secret_on_the_command_line_is_refused_and_not_repeated(params string[] typed)
    {
        var ended = await shared.RunAsync(["secrets", "set", "venue.x", name, .. typed]);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("standard input", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", ended.ToString(), StringComparison.Ordinal);
        Assert.Null(await shared.OpenAsync("venue.x", name));
    }

    [Theory]
    [InlineData("one\n", "one")]
    [InlineData("one\r\n", "one")]
    [InlineData("one\n\n", "one\n")]
    [InlineData("one\n", "one\n", "--exact")]
    public async Task Secret_comes_on_standard_input_without_its_line_end(string input, string value, params string[] options)
    {
        var ended = await shared.RunAsync(["secrets", "set", "venue.x", name, .. options], input);

        Assert.Equal((0, $"platform/venue.x:{name} is sealed."), (ended.ExitCode, ended.Output));
        Assert.Equal(value, await shared.OpenAsync("venue.x", name));
    }

    [Fact]
    public async Task Secrets_are_listed_without_their_values_and_destroyed()
    {
        await shared.RunAsync(["secrets", "set", "venue.x", name], "never shown");

        var listed = await shared.RunAsync(["secrets", "list"]);
        Assert.Contains(name, listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("never shown", listed.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, (await shared.RunAsync(["secrets", "destroy", "venue.x", name])).ExitCode);
        Assert.Equal(1, (await shared.RunAsync(["secrets", "destroy", "venue.x", name])).ExitCode);
        Assert.Null(await shared.OpenAsync("venue.x", name));
    }

    [Fact]
    public async Task Commands_without_the_key_say_which_check_failed()
    {
        await using var bench = await VaultBench.RaiseAsync();
        File.Delete(bench.KekFile);

        var set = await bench.RunAsync(["secrets", "set", "venue.x", "credentials"], "one");
        var status = await bench.RunAsync(["keys", "status"]);

        Assert.Equal((1, $"error: The vault is sealed. {bench.KekFile} does not exist."), (set.ExitCode, set.Errors));
        Assert.Contains("The vault is sealed.", status.Output, StringComparison.Ordinal);
    }
}
