using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Platform.Workers.Markets.Import;

/// <summary>The members of one large JSON array or object, one at a time: memory grows with the largest member, not with the file.</summary>
public static class JsonMembers
{
    /// <summary>In bytes, of one member.</summary>
    public const int MemberMax = 256 * 1024;

    /// <summary>Number from one, name (null in an array) and value of each member.</summary>
    /// <exception cref="ImportRefusedException">It is no JSON, or a member is too large.</exception>
    public static async IAsyncEnumerable<(long Number, string? Name, JsonElement Value)> ReadAsync(
        Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(content, new(leaveOpen: true, bufferSize: 64 * 1024));
        var state = new JsonReaderState(new() { MaxDepth = 16 });
        var (number, isEnd) = (0L, false);
        while (!isEnd)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (!isEnd && Next(ref rest, ref state, read.IsCompleted, number, out isEnd) is { } member)
                yield return (++number, member.Name, member.Value);

            if (!isEnd && (read.IsCompleted || rest.Length > MemberMax))
                throw new ImportRefusedException(
                    read.IsCompleted ? $"The JSON ends behind member {number}." : $"Member {number + 1} is larger than {MemberMax} bytes.");
            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    // Null when more has to be read first, or the end was there.
    private static (string? Name, JsonElement Value)? Next(
        ref ReadOnlySequence<byte> rest, ref JsonReaderState state, bool isFinal, long number, out bool isEnd)
    {
        isEnd = false;
        try
        {
            var reader = new Utf8JsonReader(rest, isFinal, state);
            if (!reader.Read())
                return null;
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject && reader.CurrentDepth == 0)
            {
                (rest, state) = (rest.Slice(reader.Position), reader.CurrentState);
                return Next(ref rest, ref state, isFinal, number, out isEnd);
            }

            if (reader.CurrentDepth == 0)
            {
                isEnd = reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject;
                return isEnd ? null : throw new ImportRefusedException("It is no JSON array or object.");
            }

            return Member(ref reader, ref rest, ref state);
        }
        catch (JsonException)
        {
            throw new ImportRefusedException($"It is no JSON behind member {number}.");
        }
    }

    private static (string? Name, JsonElement Value)? Member(
        ref Utf8JsonReader reader, ref ReadOnlySequence<byte> rest, ref JsonReaderState state)
    {
        var name = reader.TokenType is JsonTokenType.PropertyName ? reader.GetString() : null;
        if ((name is not null && !reader.Read()) || !JsonElement.TryParseValue(ref reader, out var value))
            return null;

        (rest, state) = (rest.Slice(reader.Position), reader.CurrentState);
        return (name, value.Value);
    }
}
