using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using Platform.Domain.Audit;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Audit;

public sealed class AuditVerifierTests
{
    private static readonly NoteKey Trusted = NoteKey.From(AuditEntry.Log, new byte[32]);

    private static readonly RecordedEvent Some = new(
        7,
        new Guid("01890a5d-ac96-774b-bcce-b302099a8057"),
        new Guid("01890a5d-ac96-774b-bcce-b302099a8058"),
        3,
        "pool",
        "order_filled",
        "Platform.Domain.Trading.OrderFilled, Platform.Domain",
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddMicroseconds(678_901),
        "someone",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "cause",
        """{"b": 1, "a": "x"}"""u8.ToArray(),
        """{"price": "1.50", "quantity": "2"}"""u8.ToArray());

    [Fact]
    public void Entry_is_written_as_the_auditors_guide_says() => Assert.Equal(
        """
        {"actor":"someone","log":"platform/events","payload":{"causation":"cause",
        "data":{"price":"1.50","quantity":"2"},"dotnetType":"Platform.Domain.Trading.OrderFilled, Platform.Domain",
        "eventId":"01890a5d-ac96-774b-bcce-b302099a8057","headers":{"a":"x","b":1},
        "streamId":"01890a5d-ac96-774b-bcce-b302099a8058","tenant":"pool","version":3},
        "prev":"0000000000000000000000000000000000000000000000000000000000000000",
        "ray":"4bf92f3577b34da6a3ce929d0e0e4736","seq":7,"ts":"2026-01-02T03:04:05.678901Z","type":"order_filled","v":1}
        """.ReplaceLineEndings(""),
        Encoding.UTF8.GetString(Bytes(Some, default)));

    [Fact]
    public void Entry_is_in_canonical_form() =>
        Gen.Select(Gen.String, Gen.String, Gen.Long[1, 1L << 53]).Sample((actor, type, sequence) =>
        {
            var recorded = Some with { Actor = Clean(actor), Type = Clean(type), Sequence = sequence, Causation = null };
            var bytes = Bytes(recorded, AuditHash.EmptyRoot);
            var canonical = new ArrayBufferWriter<byte>();
            CanonicalJson.Write(bytes, canonical);
            Assert.Equal(canonical.WrittenSpan.ToArray(), bytes);
        });

    public static TheoryData<string, RecordedEvent> Alterations => new()
    {
        { "sequence", Some with { Sequence = 8 } },
        { "event id", Some with { Id = Guid.Empty } },
        { "stream", Some with { StreamId = Guid.Empty } },
        { "version", Some with { Version = 4 } },
        { "tenant", Some with { Tenant = "other" } },
        { "type", Some with { Type = "order_canceled" } },
        { "class", Some with { DotNetType = null } },
        { "time", Some with { At = Some.At.AddMicroseconds(1) } },
        { "actor", Some with { Actor = null } },
        { "actor named null", Some with { Actor = "null" } },
        { "ray", Some with { Ray = "" } },
        { "cause", Some with { Causation = null } },
        { "headers", Some with { Headers = ReadOnlyMemory<byte>.Empty } },
        { "data", Some with { Data = """{"price": "1.51", "quantity": "2"}"""u8.ToArray() } },
        { "kind of a value", Some with { Data = """{"price": "1.50", "quantity": 2}"""u8.ToArray() } },
    };

    [Theory]
    [MemberData(nameof(Alterations), DisableDiscoveryEnumeration = true)]
    public void Alteration_of_any_member_is_noticed(string what, RecordedEvent altered)
    {
        Assert.NotEmpty(what);
        var link = AuditChain.Empty.Next(Some.Sequence, AuditHash.Leaf(Bytes(Some, default)));

        Assert.Null(new AuditVerifier(Trusted, IsFake).Event(Some, link));
        Assert.Equal(AuditFault.BrokenChain, new AuditVerifier(Trusted, IsFake).Event(altered, link)?.Fault);
    }

    [Fact]
    public void Same_data_stored_in_another_order_of_members_is_the_same()
    {
        var link = AuditChain.Empty.Next(Some.Sequence, AuditHash.Leaf(Bytes(Some, default)));
        var stored = Some with { Data = """{"quantity":"2","price":"1.50"}"""u8.ToArray() };

        Assert.Null(new AuditVerifier(Trusted, IsFake).Event(stored, link));
    }

    [Fact]
    public void Links_rewritten_to_fit_an_altered_event_do_not_fit_the_checkpoint()
    {
        var (_, note) = Log([Some, Some with { Sequence = 8 }]);
        var (links, _) = Log([Some with { Actor = "other" }, Some with { Sequence = 8 }]);
        var verifier = new AuditVerifier(Trusted, IsFake);

        Assert.Null(verifier.Event(Some with { Actor = "other" }, links[0]));
        Assert.Null(verifier.Event(Some with { Sequence = 8 }, links[1]));
        Assert.Equal(
            new AuditFinding(AuditFault.BrokenChain, 7, "The entries since the last checkpoint are not those that were signed."),
            verifier.Checkpoint(note));
    }

    [Fact]
    public void Checkpoint_taken_away_at_a_multiple_of_the_interval_is_missed()
    {
        var events = Enumerable.Range(1, 300).Select(sequence => Some with { Sequence = sequence }).ToArray();
        var (links, note) = Log(events);
        var verifier = new AuditVerifier(Trusted, IsFake);
        Assert.All(events.Zip(links), pair => Assert.Null(verifier.Event(pair.First, pair.Second)));

        Assert.Equal(AuditFault.Truncated, verifier.Checkpoint(note)?.Fault);
    }

    [Fact]
    public void Checkpoint_over_more_than_is_left_says_the_log_was_cut()
    {
        var (links, note) = Log([Some, Some with { Sequence = 8 }]);
        var verifier = new AuditVerifier(Trusted, IsFake);
        Assert.Null(verifier.Event(Some, links[0]));

        Assert.Equal(AuditFault.Truncated, verifier.Checkpoint(note)?.Fault);
    }

    [Fact]
    public void Exported_entry_that_does_not_follow_is_noticed()
    {
        using var second = JsonDocument.Parse(Bytes(Some, AuditHash.EmptyRoot));
        var leaf = AuditHash.Leaf(Bytes(Some, AuditHash.EmptyRoot));

        Assert.Equal(
            new AuditFinding(AuditFault.BrokenChain, 7, "The entry does not follow the one before it."),
            new AuditVerifier(Trusted, IsFake).Entry(second.RootElement, leaf));
    }

    private static (AuditLink[] Links, string Note) Log(RecordedEvent[] events)
    {
        var chain = AuditChain.Empty;
        var tree = new MerkleRange();
        var links = new List<AuditLink>();
        foreach (var recorded in events)
        {
            var link = chain.Next(recorded.Sequence, AuditHash.Leaf(Bytes(recorded, chain.Head)));
            tree.Append(link.Leaf);
            links.Add(link);
            chain = AuditChain.After(link);
        }

        var checkpoint = new Checkpoint(tree.Size, tree.Root, chain.Head, chain.Sequence);
        return ([.. links], SignedNote.Sign(checkpoint.Text, Trusted, message => [.. message.Reverse()]));
    }

    private static byte[] Bytes(RecordedEvent recorded, Digest previous)
    {
        var output = new ArrayBufferWriter<byte>();
        AuditEntry.Write(recorded, previous, output);
        return output.WrittenSpan.ToArray();
    }

    private static string Clean(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);

    private static bool IsFake(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var expected = message.ToArray();
        Array.Reverse(expected);
        return signature.SequenceEqual(expected);
    }
}
