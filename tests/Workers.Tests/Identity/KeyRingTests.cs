using Platform.Domain.Identity;
using Platform.Workers.Identity;

namespace Platform.Workers.Tests.Identity;

/// <summary>The keys that sign tokens, and their files.</summary>
public sealed class KeyRingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("keys-").FullName;
    private readonly SkewedTime time = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Key_is_made_once_and_read_by_its_owner_only()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Signer(Ring()).Id)));

        Assert.Single(ids.Distinct(StringComparer.Ordinal));
        var file = Assert.Single(Directory.EnumerateFiles(folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Rotated_key_signs_when_every_node_has_read_it_and_the_one_before_verifies_what_it_signed()
    {
        var (here, there) = (Ring(), Ring());
        var first = Signer(here);
        Assert.Equal(first.Id, Signer(there).Id);

        var second = here.Rotate();

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(first.Id, Signer(here).Id);
        time.Skew += TimeSpan.FromSeconds(15);
        Assert.Equal(second.Id, Signer(here).Id);
        Assert.Equal(second.Id, Ring().Find(second.FooterText)?.Key.Id);
        // A retired key that was stolen signs nothing new.
        Assert.True(here.Find(first.FooterText)!.WasInUse(second.Since + TimeSpan.FromSeconds(13)));
        Assert.False(here.Find(first.FooterText)!.WasInUse(second.Since + TimeSpan.FromSeconds(14)));
        Assert.True(here.Find(second.FooterText)!.WasInUse(second.Since - TimeSpan.FromSeconds(19)));
        Assert.False(here.Find(second.FooterText)!.WasInUse(second.Since - TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Barred_key_signs_no_more_and_the_next_one_signs_before_its_time()
    {
        var ring = Ring();
        var first = Signer(ring);

        Assert.Null(ring.Signer(_ => true));
        var second = ring.Rotate();

        Assert.Equal(second.Id, ring.Signer(key => key.Id.Equals(first.Id, StringComparison.Ordinal))?.Id);
    }

    [Fact]
    public void Key_whose_tokens_have_all_ended_is_removed_when_the_next_is_made()
    {
        var ring = Ring();
        var first = Signer(ring);
        ring.Rotate();
        time.Skew += TimeSpan.FromHours(25);

        ring.Rotate();

        Assert.Equal(2, Directory.EnumerateFiles(folder).Count());
        Assert.Null(Ring().Find(first.FooterText));
    }

    [Fact]
    public async Task Key_that_another_node_removes_while_the_keys_are_read_is_no_error()
    {
        var here = Ring();
        Signer(here);
        using var ended = new CancellationTokenSource();
        var reading = Task.Run(
            () =>
            {
                while (!ended.IsCancellationRequested)
                    Assert.Null(Ring().Find("no key's footer"));
            },
            TestContext.Current.CancellationToken);

        for (var day = 0; day < 500; day++)
        {
            time.Skew += TimeSpan.FromHours(25);
            here.Rotate();
        }

        await ended.CancelAsync();
        await reading;
        Assert.Equal(2, Directory.EnumerateFiles(folder).Count());
    }

    [Fact]
    public void Key_of_one_tier_is_none_of_another()
    {
        var outer = Signer(Ring());
        var inner = new KeyRing(folder, TokenTier.Inner, time);

        Assert.Null(inner.Find(outer.FooterText));
        File.Copy(Path.Combine(folder, "outer-0001.key"), Path.Combine(folder, "danger-0001.key"));
        Assert.Throws<InvalidDataException>(() => Signer(new(folder, TokenTier.Danger, time)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("eyJraWQiOiIuLi8uLi9kZXYvbnVsbCJ9")]
    [InlineData("../../dev/null")]
    public void Attack_57_footer_is_looked_up_whole_and_never_a_path(string footer) => Assert.Null(Ring().Find(footer));

    private static SigningKey Signer(KeyRing ring) => ring.Signer(_ => false)!;

    private KeyRing Ring() => new(folder, TokenTier.Outer, time);
}

/// <summary>The system's clock, set wrongly.</summary>
internal sealed class SkewedTime : TimeProvider
{
    public TimeSpan Skew { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Skew;
}
