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
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Ring().Signer.Id)));

        Assert.Single(ids.Distinct(StringComparer.Ordinal));
        var file = Assert.Single(Directory.EnumerateFiles(folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Rotated_key_signs_and_the_one_before_verifies_what_it_signed()
    {
        var (here, there) = (Ring(), Ring());
        var first = here.Signer;
        time.Skew += TimeSpan.FromHours(1);

        var second = here.Rotate();

        Assert.Equal(second, here.Signer.Id);
        Assert.NotEqual(first.Id, second);
        var old = there.Find(first.FooterText);
        Assert.NotNull(old);
        Assert.Equal(second, there.Find(here.Signer.FooterText)?.Key.Id);
        // A retired key that was stolen signs nothing new.
        Assert.True(here.Find(first.FooterText)!.WasInUse(time.GetUtcNow()));
        Assert.False(here.Find(first.FooterText)!.WasInUse(time.GetUtcNow() + TimeSpan.FromSeconds(61)));
        Assert.False(here.Find(here.Signer.FooterText)!.WasInUse(time.GetUtcNow() - TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Key_whose_tokens_have_all_ended_is_removed_when_the_next_is_made()
    {
        var ring = Ring();
        var first = ring.Signer.Id;
        ring.Rotate();
        time.Skew += TimeSpan.FromHours(25);

        ring.Rotate();

        Assert.Equal(2, Directory.EnumerateFiles(folder).Count());
        Assert.DoesNotContain(Ring().Signer.Id, first, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_of_one_tier_is_none_of_another()
    {
        var outer = Ring().Signer;
        var inner = new KeyRing(folder, TokenTier.Inner, time);

        Assert.Null(inner.Find(outer.FooterText));
        File.Copy(Path.Combine(folder, "outer-0001.key"), Path.Combine(folder, "danger-0001.key"));
        Assert.Throws<InvalidDataException>(() => new KeyRing(folder, TokenTier.Danger, time).Signer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("eyJraWQiOiIuLi8uLi9kZXYvbnVsbCJ9")]
    [InlineData("../../dev/null")]
    public void Attack_57_footer_is_looked_up_whole_and_never_a_path(string footer) => Assert.Null(Ring().Find(footer));

    private KeyRing Ring() => new(folder, TokenTier.Outer, time);
}

/// <summary>The system's clock, set wrongly.</summary>
internal sealed class SkewedTime : TimeProvider
{
    public TimeSpan Skew { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Skew;
}
