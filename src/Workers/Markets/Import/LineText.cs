using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Platform.Workers.Markets.Import;

/// <summary>The lines of a text in UTF-8, one at a time: memory does not grow with the file, only with the longest line allowed.</summary>
public static class LineText
{
    /// <summary>In bytes; the longest known row is a book of 500 levels on each side, of some 30 kB.</summary>
    public const int LineMax = 256 * 1024;

    private const int FirstBuffer = 64 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ImportRefusedException">A line is too long, or the text is not UTF-8.</exception>
    public static async IAsyncEnumerable<(long Number, string Text)> LinesAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var (held, number, isEnd) = (0, 0L, false);
            while (!isEnd)
            {
                if (held == buffer.Length)
                    buffer = Grow(buffer, held);
                var read = await stream.ReadAsync(buffer.AsMemory(held), cancellationToken);
                isEnd = read == 0;
                held += read;
                var from = 0;
                while (from < held && EndOfLine(buffer, from, held, isEnd) is { } end)
                {
                    number++;
                    yield return (number, Decode(buffer.AsSpan(from, end - from), number));
                    from = end + 1;
                }

                held = Math.Max(0, held - from);
                if (from > 0 && held > 0)
                    Buffer.BlockCopy(buffer, from, buffer, 0, held);
                if (held > LineMax)
                    throw new ImportRefusedException($"Line {number + 1} is longer than {LineMax} bytes.");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // The last line needs no end.
    private static int? EndOfLine(byte[] buffer, int from, int held, bool isEnd)
    {
        var length = buffer.AsSpan(from, held - from).IndexOf((byte)'\n');
        if (length < 0)
            return isEnd ? held : null;
        return from + length;
    }

    private static byte[] Grow(byte[] buffer, int held)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        Buffer.BlockCopy(buffer, 0, larger, 0, held);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static string Decode(ReadOnlySpan<byte> line, long number)
    {
        if (line is [.., (byte)'\r'])
            line = line[..^1];
        if (number == 1 && line.StartsWith(Encoding.UTF8.Preamble))
            line = line[Encoding.UTF8.Preamble.Length..];
        try
        {
            var text = Strict.GetString(line);
            return text.Contains('\0', StringComparison.Ordinal) ? throw NotUtf8(number) : text;
        }
        catch (DecoderFallbackException)
        {
            throw NotUtf8(number);
        }
    }

    private static ImportRefusedException NotUtf8(long number) => new($"Line {number} is not text in UTF-8.");
}
