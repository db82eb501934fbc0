using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>
/// A file that only grows: records with their length and CRC-32C, so that one that a crash cut off is known for what it is.
/// One writer; it may be made safe on the disk by another.
/// </summary>
internal sealed class JournalSegment : IDisposable
{
    private const string Extension = ".journal";
    private const int Head = 2 * sizeof(int);

    private readonly SafeFileHandle file;

    private JournalSegment(string path, SafeFileHandle file) => (Path, this.file) = (path, file);

    public string Path { get; }

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <param name="number">Rises with each segment in the folder, whatever shard it is of.</param>
    public static JournalSegment Create(string folder, long number)
    {
        var path = System.IO.Path.Combine(folder, number.ToString("D12", CultureInfo.InvariantCulture) + Extension);
        return new(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
    }

    /// <summary>All segments of a folder, oldest first.</summary>
    public static IReadOnlyList<string> In(string folder) =>
        [.. Directory.GetFiles(folder, "*" + Extension).Order(StringComparer.Ordinal)];

    public static long NumberOf(string path) =>
        long.Parse(System.IO.Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture);

    /// <summary>Reads as far as whole records go: what follows was being written when the process ended.</summary>
    public static IEnumerable<JournalRecord> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        for (var at = 0; bytes.Length - at >= Head;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            if (length <= 0 || length > bytes.Length - at - Head)
                yield break;

            var record = bytes.AsMemory(at + Head, length);
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + sizeof(int))) != Crc32C(record.Span))
                yield break;

            yield return JournalRecords.Read(record.Span);
            at += Head + length;
        }
    }

    /// <summary>The operating system has it when this returns: the process may be killed, and nothing is lost.</summary>
    public void Append(JournalPage page)
    {
        RandomAccess.Write(file, page.Bytes.Span, Length);
        Length += page.Bytes.Length;
    }

    /// <summary>The disk has it when this returns.</summary>
    public void Sync() => RandomAccess.FlushToDisk(file);

    public void Dispose() => file.Dispose();

    /// <summary>CRC-32C (Castagnoli, RFC 3720).</summary>
    internal static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            crc = BitOperations.Crc32C(crc, word);
        foreach (var last in bytes[(bytes.Length / sizeof(ulong) * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, last);
        return ~crc;
    }
}
