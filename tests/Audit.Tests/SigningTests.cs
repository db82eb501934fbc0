using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Audit;
using Platform.Projections;
using Platform.Projections.Audit;
using Platform.Tests.Support;
using Platform.Workers.Audit;

namespace Platform.Audit.Tests;

/// <summary>The worker that signs what is chained.</summary>
public sealed class SigningTests(AuditedDatabase database) : IClassFixture<AuditedDatabase>
{
    private const string Unsigned = "delete from platform.audit_checkpoint where size > 256";

    private static readonly long[] First = [256];
    private static readonly long[] All = [256, 512, 634];
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact]
    public void Published_note_of_another_implementation_holds()
    {
        // From the documentation of Go's golang.org/x/mod/sumdb/note.
        var key = NoteKey.Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")!;
        const string Note =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
            + "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

        Assert.Equal(NoteVerdict.Valid, SignedNote.Open(Note, key, Settings.Verify, out _));
        Assert.Equal(
            NoteVerdict.BadSignature,
            SignedNote.Open(Note.Replace("answer", "Answer", StringComparison.Ordinal), key, Settings.Verify, out _));
    }

    [Fact]
    public async Task Signers_that_race_sign_everything_once()
    {
        var copy = await database.CopyAsync(Unsigned);
        await using var audited = new AuditedStore(copy, database.Folder);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => audited.Signing.SignAsync(CancellationToken.None)));

        Assert.Equal(All, await SizesAsync(audited));
    }

    [Fact]
    public async Task Service_signs_every_five_seconds_of_the_platforms_clock()
    {
        var copy = await database.CopyAsync(Unsigned);
        await using var audited = new AuditedStore(copy, database.Folder);
        using var key = AuditKey.In(database.Folder);
        var time = new FakeTimeProvider();
        using var signer = new CheckpointSigner(audited.Store, key, time, NullLogger<CheckpointSigner>.Instance);
        await signer.StartAsync(TestContext.Current.CancellationToken);

        await Eventually.IsTrueAsync(
            "all is signed",
            Longest,
            async _ =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return (await SizesAsync(audited)).LastOrDefault() == 634;
            },
            TestContext.Current.CancellationToken);
        await signer.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(All, await SizesAsync(audited));
    }

    [Theory]
    [InlineData("update platform.audit_link set leaf = link where seq = 300")]
    [InlineData("update platform.audit_link set link = leaf where seq = 300")]
    [InlineData("update platform.audit_checkpoint set peaks = decode(repeat('00', 32), 'hex')")]
    [InlineData("update platform.audit_checkpoint set note = replace(note, E'\\n256\\n', E'\\n257\\n')")]
    public async Task What_does_not_follow_from_what_was_signed_is_not_signed(string alteration)
    {
        var copy = await database.CopyAsync(Unsigned, alteration);
        await using var audited = new AuditedStore(copy, database.Folder);

        await Assert.ThrowsAsync<InvalidOperationException>(() => audited.Signing.SignAsync(CancellationToken.None));

        Assert.Equal(First, await SizesAsync(audited));
    }

    [Fact]
    public async Task Another_key_does_not_go_on_where_one_left_off()
    {
        var copy = await database.CopyAsync(Unsigned);
        await using var audited = new AuditedStore(copy, Directory.CreateTempSubdirectory("audit").FullName);

        await Assert.ThrowsAsync<InvalidOperationException>(() => audited.Signing.SignAsync(CancellationToken.None));
    }

    private static async Task<long[]> SizesAsync(AuditedStore audited)
    {
        List<long> sizes = [];
        var log = new AuditLog(audited.Store.Storage.Database.Connections);
        await foreach (var checkpoint in log.CheckpointsAsync(long.MaxValue, CancellationToken.None))
        {
            sizes.Add(checkpoint.Size);
        }

        return [.. sizes];
    }
}
