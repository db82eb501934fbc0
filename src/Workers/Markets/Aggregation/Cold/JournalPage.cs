using System.Buffers;
using System.Buffers.Binary;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>Records on their way to a segment, written together.</summary>
internal sealed class JournalPage
{
    private const int Head = 2 * sizeof(int);

    private readonly ArrayBufferWriter<byte> bytes = new(16 * 1024);
    private readonly ArrayBufferWriter<byte> record = new(4 * 1024);

    public ReadOnlyMemory<byte> Bytes => bytes.WrittenMemory;

    public void Add(Action<IBufferWriter<byte>> write)
    {
        record.ResetWrittenCount();
        write(record);
        Add(record.WrittenSpan);
    }

    public void Traded(int number, in Domain.Markets.Aggregation.TradeBucket bucket, ReadOnlySpan<long> ids)
    {
        record.ResetWrittenCount();
        record.Traded(number, bucket, ids);
        Add(record.WrittenSpan);
    }

    public void Clear() => bytes.ResetWrittenCount();

    private void Add(ReadOnlySpan<byte> whole)
    {
        var head = bytes.GetSpan(Head);
        BinaryPrimitives.WriteInt32LittleEndian(head, whole.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(int)..], JournalSegment.Crc32C(whole));
        bytes.Advance(Head);
        bytes.Write(whole);
    }
}
