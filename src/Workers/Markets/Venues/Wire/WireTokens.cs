using System.IO.Hashing;
using System.Text.Json;
using System.Buffers.Text;

namespace Platform.Workers.Markets.Venues.Wire;

/// <summary>Steps through a message as it lies in memory, whatever the order of its members.</summary>
internal static class WireTokens
{
    /// <summary>Onto the first token of a message, which begins an object.</summary>
    /// <exception cref="JsonException">It does not.</exception>
    public static void BeginObject(this ref WireReader reader)
    {
        if (!reader.Read())
            throw new JsonException("An empty message.");
        Expect(in reader, JsonTokenType.StartObject);
    }

    /// <summary>From the start of an object, or the value of a member, to the next member's name; false at the object's end.</summary>
    /// <exception cref="JsonException">The message ends within.</exception>
    public static bool NextMember(this ref WireReader reader) => reader.Read()
        ? reader.TokenType is JsonTokenType.PropertyName
        : throw new JsonException("The message ends within an object.");

    /// <summary>From the start of an array, or an element, to the next element; false at the array's end.</summary>
    /// <exception cref="JsonException">The message ends within.</exception>
    public static bool NextElement(this ref WireReader reader) => reader.Read()
        ? reader.TokenType is not JsonTokenType.EndArray
        : throw new JsonException("The message ends within an array.");

    /// <summary>Whether the member whose name it stands on is called so; then it stands on the value.</summary>
    public static bool At(this ref WireReader reader, ReadOnlySpan<byte> name) =>
        reader.ValueTextEquals(name) && reader.Read();

    /// <exception cref="JsonException">It stands on something else.</exception>
    public static void Expect(this ref readonly WireReader reader, JsonTokenType kind)
    {
        if (reader.TokenType != kind)
            throw new JsonException($"Expected {kind}.");
    }

    /// <summary>Whether it stands on this text.</summary>
    public static bool Is(this ref readonly WireReader reader, ReadOnlySpan<byte> text) =>
        reader.TokenType is JsonTokenType.String && reader.ValueTextEquals(text);

    /// <exception cref="JsonException">It stands on neither true nor false.</exception>
    public static bool IsTrue(this ref readonly WireReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw new JsonException("Expected true or false."),
    };

    /// <summary>Whether it stands on null or an empty text, by which venues say that there is nothing.</summary>
    public static bool IsNone(this ref readonly WireReader reader) =>
        reader.TokenType is JsonTokenType.Null or JsonTokenType.String && reader.ValueSpan.IsEmpty;

    /// <summary>As ISO 8601 writes it; what is below 100 ns is dropped.</summary>
    /// <exception cref="JsonException">It is no time.</exception>
    public static DateTimeOffset IsoTime(this ref readonly WireReader reader) =>
        reader.TokenType is JsonTokenType.String && reader.Beginning().TryGetDateTimeOffset(out var at)
            ? at
            : throw new JsonException("Expected a time in ISO 8601.");

    /// <summary>A trade's number; of a name that is none, 63 bits of XXH3, which tell trades apart and mean nothing else.</summary>
    public static long TradeId(this ref readonly WireReader reader) => TradeId(reader.ValueSpan);

    public static long TradeId(ReadOnlySpan<byte> name) =>
        Utf8Parser.TryParse(name, out long number, out var read) && read == name.Length
            ? number
            : (long)(XxHash3.HashToUInt64(name) & long.MaxValue);
}
