using System.Text;
using Platform.Domain.Audit;
using Platform.Workers.Audit;

namespace Platform.Workers.Tests.Audit;

public sealed class AuditKeyTests : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("audit").FullName;

    private string Folder => Path.Combine(parent, "keys");

    [Fact]
    public void Key_made_at_the_first_start_is_the_key_of_every_later_one()
    {
        using var first = AuditKey.In(Folder);
        using var second = AuditKey.In(Folder);

        Assert.Equal(first.Verifier.ToString(), second.Verifier.ToString());
        Assert.Equal(first.Verifier.ToString(), File.ReadAllText(Path.Combine(Folder, "audit.pub")).Trim());
        Assert.Equal(AuditEntry.Log, first.Verifier.Name);
    }

    [Fact]
    public void Nobody_but_the_owner_may_read_the_key()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        using var key = AuditKey.In(Folder);

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner, File.GetUnixFileMode(Path.Combine(Folder, "audit.key")));
        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public async Task Nodes_that_start_at_once_end_up_with_one_key()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => AuditKey.In(Folder))));

        Assert.Single(keys.Select(key => key.Verifier.ToString()).Distinct(StringComparer.Ordinal));
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
        Array.ForEach(keys, key => key.Dispose());
    }

    [Fact]
    public void What_the_key_signs_holds_for_its_verifier_and_for_nothing_else()
    {
        using var key = AuditKey.In(Folder);
        var message = Encoding.UTF8.GetBytes("text\n");
        var signature = key.Sign(message);

        Assert.True(AuditKey.Verify(key.Verifier.PublicKey.Span, message, signature));
        Assert.False(AuditKey.Verify(key.Verifier.PublicKey.Span, "other\n"u8, signature));
        Assert.False(AuditKey.Verify(key.Verifier.PublicKey.Span, message, signature.AsSpan(1)));
        Assert.False(AuditKey.Verify([1, 2, 3], message, signature));
    }

    public void Dispose() => Directory.Delete(parent, recursive: true);
}
