using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Platform.Workers.Markets.Venues.Wire;

/// <summary>
/// Tells the tokens of a message as <see cref="Utf8JsonReader"/> tells them, and refuses what that one refuses, in a fraction of
/// the time: messages lie in one piece and are whole. What they seldom hold, a text with an escape or a number with an
/// exponent, it has that one read.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private const int DepthMax = 64;
    private const int Short = 16;
    private const byte Nothing = 0;
    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, ' ').Select(control => (byte)control)]);

    private readonly ReadOnlySpan<byte> message = message;
    private int next;
    private int begin;
    private int end;
    private int depth;
    // A bit for each object or array that is open, the innermost last; set for an object.
    private ulong objects;
    private bool isEscaped;

    public JsonTokenType TokenType { get; private set; }

    /// <summary>The token as it was sent, without the quotes of a text.</summary>
    public readonly ReadOnlySpan<byte> ValueSpan => message[begin..end];

    private readonly bool IsInObject => (objects & 1) != 0;

    private readonly byte Closing => IsInObject ? (byte)'}' : (byte)']';

    /// <summary>Onto the next token; false behind the last one.</summary>
    /// <exception cref="JsonException">What comes is no JSON, or ends within.</exception>
    public bool Read()
    {
        // All in locals, written back once: what is read back from memory at once is waited for.
        var at = next;
        var first = Peek(ref at);
        if (TokenType is JsonTokenType.PropertyName or JsonTokenType.None)
            return ReadValue(first, at);
        if (TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            if (first == Closing)
                return Close(at);
        }
        else
        {
            if (depth == 0)
                return at == message.Length ? false : throw Unexpected(at);
            if (first != ',')
                return first == Closing ? Close(at) : throw Unexpected(at);
            at++;
            first = Peek(ref at);
        }

        return IsInObject ? ReadName(first, at) : ReadValue(first, at);
    }

    /// <summary>From a name onto its value, from the start of an object or array onto its end; else it stays.</summary>
    /// <exception cref="JsonException">The message ends within.</exception>
    public void Skip()
    {
        if (TokenType is JsonTokenType.PropertyName)
            Read();
        if (TokenType is not JsonTokenType.StartObject and not JsonTokenType.StartArray)
            return;
        for (var around = depth - 1; depth > around;)
            Read();
    }

    /// <summary>The whole value on which it stands, onto whose end it goes: for what comes seldom.</summary>
    /// <exception cref="JsonException">The message ends within.</exception>
    public JsonElement Element()
    {
        var value = Beginning();
        Skip();
        return JsonElement.ParseValue(ref value);
    }

    /// <summary>The runtime's own reader, on the same token.</summary>
    public readonly Utf8JsonReader Beginning()
    {
        var isText = TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
        var reader = new Utf8JsonReader(message[(isText ? begin - 1 : begin)..]);
        reader.Read();
        return reader;
    }

    public readonly bool ValueTextEquals(ReadOnlySpan<byte> text) =>
        isEscaped ? EqualsUnescaped(text) : ValueSpan.SequenceEqual(text);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly bool EqualsUnescaped(ReadOnlySpan<byte> text) => Beginning().ValueTextEquals(text);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte Peek(ref int at)
    {
        var json = message;
        while ((uint)at < (uint)json.Length)
        {
            var first = json[at];
            if (first is > (byte)' ' or not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                return first;
            at++;
        }

        return Nothing;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadName(byte first, int at)
    {
        if (first != '"')
            throw Unexpected(at);
        var behind = ReadText(at);
        var colon = behind;
        return Peek(ref colon) == ':'
            ? Stand(JsonTokenType.PropertyName, at + 1, behind - 1, colon + 1)
            : throw Unexpected(colon);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadValue(byte first, int at)
    {
        if (first == '"')
        {
            var behind = ReadText(at);
            return Stand(JsonTokenType.String, at + 1, behind - 1, behind);
        }

        return first is (byte)'-' or (>= (byte)'0' and <= (byte)'9') ? ReadNumber(at) : ReadOther(first, at);
    }

    private bool ReadOther(byte first, int at) => first switch
    {
        (byte)'{' => Open(JsonTokenType.StartObject, isObject: 1, at),
        (byte)'[' => Open(JsonTokenType.StartArray, isObject: 0, at),
        (byte)'t' => ReadWord("true"u8, JsonTokenType.True, at),
        (byte)'f' => ReadWord("false"u8, JsonTokenType.False, at),
        (byte)'n' => ReadWord("null"u8, JsonTokenType.Null, at),
        _ => throw Unexpected(at),
    };

    private bool Open(JsonTokenType kind, uint isObject, int at)
    {
        if (depth == DepthMax)
            throw new JsonException($"A message of more than {DepthMax} levels.");
        depth++;
        objects = (objects << 1) | isObject;
        return Stand(kind, at, at + 1, at + 1);
    }

    private bool Close(int at)
    {
        var kind = IsInObject ? JsonTokenType.EndObject : JsonTokenType.EndArray;
        depth--;
        objects >>= 1;
        return Stand(kind, at, at + 1, at + 1);
    }

    private bool ReadWord(ReadOnlySpan<byte> word, JsonTokenType kind, int at) =>
        message[at..].StartsWith(word) ? Stand(kind, at, at + word.Length, at + word.Length) : throw Unexpected(at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool ReadNumber(int at)
    {
        var from = message[at] == '-' ? at + 1 : at;
        var behind = BehindDigits(from);
        var isOdd = behind == from || (behind > from + 1 && message[from] == '0');
        if (behind < message.Length && message[behind] == '.')
        {
            var places = behind + 1;
            behind = BehindDigits(places);
            isOdd |= behind == places;
        }

        if (isOdd || behind >= message.Length || message[behind] is not ((byte)',' or (byte)'}' or (byte)']'))
        {
            behind = BehindByRuntime(at);
            if (depth > 0 && behind == message.Length)
                throw Unexpected(behind);
        }

        return Stand(JsonTokenType.Number, at, behind, behind);
    }

    private readonly int BehindDigits(int at)
    {
        var json = message;
        while ((uint)at < (uint)json.Length && json[at] is >= (byte)'0' and <= (byte)'9')
            at++;
        return at;
    }

    /// <returns>The place behind the closing quote.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadText(int at)
    {
        var closing = SpecialFrom(at + 1);
        isEscaped = closing == message.Length || message[closing] != '"';
        return isEscaped ? BehindByRuntime(at) : closing + 1;
    }

    // Most are so short that the processor guesses their end sooner than it could be computed.
    private readonly int SpecialFrom(int at)
    {
        var json = message;
        var near = Math.Min(at + Short, json.Length);
        for (; at < near; at++)
            if (json[at] is (byte)'"' or (byte)'\\' or < (byte)' ')
                return at;
        var far = json[near..].IndexOfAny(Special);
        return far < 0 ? json.Length : near + far;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Stand(JsonTokenType kind, int from, int to, int behind)
    {
        (TokenType, begin, end, next) = (kind, from, to, behind);
        return true;
    }

    // The runtime's reader is large: within a method that is called for each token, room for it would be cleared each time.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly int BehindByRuntime(int at)
    {
        var reader = new Utf8JsonReader(message[at..]);
        reader.Read();
        return at + (int)reader.BytesConsumed;
    }

    private readonly JsonException Unexpected(int at) => new($"Not JSON at byte {at} of {message.Length}.");
}
