using Platform.Domain.Audit;

namespace Platform.Domain.Tests.Audit;

public sealed class NoteTests
{
    // From the documentation of Go's golang.org/x/mod/sumdb/note.
    private const string Neumann = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static readonly NoteKey Trusted = NoteKey.From(AuditEntry.Log, new byte[32]);
    private static readonly Checkpoint Two = new(2, AuditHash.EmptyRoot, AuditHash.Link(default, default), 17);

    [Fact]
    public void Published_verifier_key_is_read_and_written_back() =>
        Assert.Equal(Neumann, NoteKey.Parse(Neumann)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("PeterNeumann")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+AhpcS")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void Mistyped_verifier_key_is_noticed(string text) => Assert.Null(NoteKey.Parse(text));

    [Fact]
    public void Checkpoint_is_read_back_as_it_was_written() => Assert.Equal(Two, Checkpoint.Parse(Two.Text));

    [Theory]
    [InlineData("platform/events\n02\n", "platform/events\n2\n")]
    [InlineData("other/log\n2\n", "platform/events\n2\n")]
    [InlineData("chain 17 ", "chain +17 ")]
    [InlineData("chain 17 ", "chain 17  ")]
    public void Checkpoint_has_one_spelling(string one, string other)
    {
        var text = Two.Text.Contains(one, StringComparison.Ordinal)
            ? Two.Text.Replace(one, other, StringComparison.Ordinal)
            : Two.Text.Replace(other, one, StringComparison.Ordinal);
        Assert.Null(Checkpoint.Parse(text));
    }

    [Fact]
    public void Signature_of_the_trusted_key_opens_the_note()
    {
        var note = SignedNote.Sign(Two.Text, Trusted, Fake);

        Assert.Equal(NoteVerdict.Valid, SignedNote.Open(note, Trusted, IsFake, out var text));
        Assert.Equal(Two.Text, text);
    }

    [Fact]
    public void Line_of_an_unknown_key_is_ignored_beside_a_good_one()
    {
        var note = SignedNote.Sign(Two.Text, Trusted, Fake) + "\u2014 witness.example AAAAAAAA\n";

        Assert.Equal(NoteVerdict.Valid, SignedNote.Open(note, Trusted, IsFake, out _));
    }

    [Fact]
    public void Note_signed_by_another_key_is_untrusted()
    {
        var other = NoteKey.From(AuditEntry.Log, Enumerable.Repeat((byte)1, 32).ToArray());
        var note = SignedNote.Sign(Two.Text, other, Fake);

        Assert.Equal(NoteVerdict.UntrustedKey, SignedNote.Open(note, Trusted, IsFake, out var text));
        Assert.Empty(text);
    }

    [Fact]
    public void Altered_text_is_a_bad_signature()
    {
        var note = SignedNote.Sign(Two.Text, Trusted, Fake).Replace("\n2\n", "\n3\n", StringComparison.Ordinal);

        Assert.Equal(NoteVerdict.BadSignature, SignedNote.Open(note, Trusted, IsFake, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n\u2014 platform/events\n")]
    [InlineData("text\n\n\u2014 platform/events ?\n")]
    public void What_is_no_note_is_a_bad_signature(string note) =>
        Assert.Equal(NoteVerdict.BadSignature, SignedNote.Open(note, Trusted, IsFake, out _));

    // Stands in for Ed25519, which the domain takes from outside: the message itself, upside down.
    private static byte[] Fake(byte[] message) => [.. message.Reverse()];

    private static bool IsFake(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.SequenceEqual(Fake(message.ToArray()));
}
