using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Platform.Domain.Values;

/// <summary>The JSON Canonicalization Scheme (JCS, RFC 8785): one value, one sequence of bytes.</summary>
public static class CanonicalJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Writes a JSON text in its canonical form.</summary>
    /// <exception cref="JsonException">Not JSON, a member twice, or nested deeper than 64.</exception>
    /// <exception cref="FormatException">A number or a string that has no exact canonical form.</exception>
    public static void Write(ReadOnlyMemory<byte> json, IBufferWriter<byte> output)
    {
        // Members that are there twice are looked for among the names, as they are once unescaped.
        using var document = Unescaped(() => JsonDocument.Parse(json, Strict));
        Write(document.RootElement, output);
    }

    /// <summary>Writes a parsed value in its canonical form.</summary>
    /// <exception cref="FormatException">A number or a string that has no exact canonical form.</exception>
    public static void Write(JsonElement value, IBufferWriter<byte> output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output);
                break;
            case JsonValueKind.Array:
                WriteArray(value, output);
                break;
            case JsonValueKind.String:
                WriteString(value, output);
                break;
            case JsonValueKind.Number:
                Ascii(CanonicalNumber.Format(value.GetRawText()), output);
                break;
            default:
                output.Write(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    /// <summary>Writes a string between quotes, escaping only what must be.</summary>
    /// <exception cref="FormatException">Half of a surrogate pair.</exception>
    public static void WriteString(string text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        var plain = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= ' ' and not '"' and not '\\')
            {
                continue;
            }

            Utf8(text.AsSpan(plain, i - plain), output);
            Ascii(Escape(text[i]), output);
            plain = i + 1;
        }

        Utf8(text.AsSpan(plain), output);
        output.Write("\""u8);
    }

    public static void WriteString(string? text, IBufferWriter<byte> output, ReadOnlySpan<byte> whenNull)
    {
        if (text is null)
        {
            output.Write(whenNull);
        }
        else
        {
            WriteString(text, output);
        }
    }

    private static void WriteObject(JsonElement value, IBufferWriter<byte> output)
    {
        var members = value.EnumerateObject().ToArray();
        var names = Array.ConvertAll(members, member => Unescaped(() => member.Name));
        // RFC 8785 3.2.3: by UTF-16 code units, which is what an ordinal comparison compares.
        Array.Sort(names, members, StringComparer.Ordinal);

        output.Write("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            output.Write(i == 0 ? ""u8 : ","u8);
            WriteString(names[i], output);
            output.Write(":"u8);
            Write(members[i].Value, output);
        }

        output.Write("}"u8);
    }

    private static void WriteArray(JsonElement value, IBufferWriter<byte> output)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            output.Write(first ? ""u8 : ","u8);
            Write(item, output);
            first = false;
        }

        output.Write("]"u8);
    }

    private static void WriteString(JsonElement value, IBufferWriter<byte> output)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (!raw.Contains((byte)'\\'))
        {
            // Nothing is escaped, and JSON allows nothing unescaped that would have to be: it is canonical already.
            output.Write(raw);
            return;
        }

        WriteString(Unescaped(() => value.GetString() ?? ""), output);
    }

    private static T Unescaped<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("The string holds half of a surrogate pair.", exception);
        }
    }

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };

    private static void Ascii(string text, IBufferWriter<byte> output) => Encoding.ASCII.GetBytes(text, output);

    private static void Utf8(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        if (text.IsEmpty)
        {
            return;
        }

        try
        {
            StrictUtf8.GetBytes(text, output);
        }
        catch (EncoderFallbackException exception)
        {
            throw new FormatException("The string holds half of a surrogate pair.", exception);
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
