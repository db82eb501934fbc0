using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace Platform.Workers.Realtime;

/// <summary>What an entry of a frame is; the numbers are the wire's. 3 (watch again) is reserved.</summary>
public enum EntryKind
{
    /// <summary>Replaces all that the client has of the topic.</summary>
    Snapshot = 0,

    /// <summary>Applies on top of the sequence before its first.</summary>
    Delta = 1,

    /// <summary>No body: the last sequence sent.</summary>
    Position = 2,

    /// <summary>The topic ended for this connection; the body is the code.</summary>
    Gone = 4,
}

/// <summary>
/// The bytes of one push, JSON by concatenation of bodies that were serialized once:
/// <c>[1, serverTimeMs, [[ref, kind, epoch, fromSequence, toSequence, body], …]]</c>. Reused from push to push.
/// </summary>
public sealed class Frame
{
    private const int KeptBytesMax = 64 * 1024;
    private const int HeadBytesMax = 160;
    private ArrayBufferWriter<byte> bytes = new();

    public ReadOnlyMemory<byte> Bytes => bytes.WrittenMemory;

    internal int EntryCount { get; private set; }

    internal int Length => bytes.WrittenCount;

    internal void Begin(DateTimeOffset now)
    {
        // One large snapshot must not pin its buffer for the connection's life.
        if (bytes.Capacity > KeptBytesMax)
            bytes = new();
        bytes.ResetWrittenCount();
        EntryCount = 0;
        Utf8.TryWrite(
            bytes.GetSpan(HeadBytesMax), CultureInfo.InvariantCulture, $"[1,{now.ToUnixTimeMilliseconds()},[",
            out var written);
        bytes.Advance(written);
    }

    internal void Add(int reference, EntryKind kind, long from, TopicPosition to, ReadOnlySpan<byte> body)
    {
        AddHead(reference, kind, from, to);
        bytes.Write(body);
        bytes.Write("]"u8);
    }

    /// <summary>Adds a delta: the bodies in an array, or, where a value is replaced whole, the one body.</summary>
    internal void AddDelta(int reference, long from, TopicPosition to, TopicShape shape, List<ReadOnlyMemory<byte>> rows)
    {
        if (shape == TopicShape.Whole)
        {
            Add(reference, EntryKind.Delta, from, to, rows[^1].Span);
            return;
        }

        AddHead(reference, EntryKind.Delta, from, to);
        WriteRows(bytes, rows);
        bytes.Write("]"u8);
    }

    internal void End() => bytes.Write("]]"u8);

    internal static void WriteRows(IBufferWriter<byte> into, List<ReadOnlyMemory<byte>> rows)
    {
        into.Write("["u8);
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0)
                into.Write(","u8);
            into.Write(rows[i].Span);
        }

        into.Write("]"u8);
    }

    private void AddHead(int reference, EntryKind kind, long from, TopicPosition to)
    {
        if (EntryCount++ > 0)
            bytes.Write(","u8);
        Utf8.TryWrite(
            bytes.GetSpan(HeadBytesMax),
            CultureInfo.InvariantCulture,
            $"[{reference},{(int)kind},\"{to.Epoch}\",{from},{to.Sequence},",
            out var written);
        bytes.Advance(written);
    }
}
