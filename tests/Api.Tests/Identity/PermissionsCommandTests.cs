using Platform.Api.Tests.Operation;
using Platform.Domain.Identity;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Identity;

/// <summary><c>platform permissions</c>, as a process of its own, with no store anywhere.</summary>
public sealed class PermissionsCommandTests
{
    [Fact]
    public async Task Matrix_is_printed_as_a_table_and_nothing_beside_it()
    {
        var ended = await Script.RunAsync(
            PlatformProcess.Program, ["permissions"], new Dictionary<string, string>(), TestContext.Current.CancellationToken);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        var lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.StartsWith("Permission ", lines[0], StringComparison.Ordinal);
        Assert.Equal(Permissions.All.Select(permission => permission.Id), lines.Skip(2).Select(line => line.Split(' ')[0]));
    }
}
