using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Platform.Audit;

/// <summary>Lines of a stream, one at a time.</summary>
internal static class LineReader
{
    /// <summary>Bytes. An event is far smaller: a request body is at most 1 MB.</summary>
    public const int LengthMax = 16 * 1024 * 1024;

    /// <summary>
    /// The lines without their newline, valid until the next one is asked for. What stands behind the last newline is
    /// yielded with <c>Whole</c> false, for a file that was cut.
    /// </summary>
    /// <exception cref="InvalidDataException">A line longer than <see cref="LengthMax"/>.</exception>
    public static async IAsyncEnumerable<(ReadOnlySequence<byte> Line, bool Whole)> LinesAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 65_536, leaveOpen: true));
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                yield return (buffer.Slice(0, end), true);
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            if (result.IsCompleted)
            {
                if (!buffer.IsEmpty)
                {
                    yield return (buffer, false);
                }

                break;
            }

            if (buffer.Length > LengthMax)
            {
                throw new InvalidDataException($"A line is longer than {LengthMax} bytes.");
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }

        await reader.CompleteAsync();
    }
}
