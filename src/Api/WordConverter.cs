using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Domain.Trading;

namespace Platform.Api;

/// <summary>
/// Enums by the field's own words, in any case and with or without underscores ("limitMaker", "LIMIT_MAKER"). Not the
/// framework's converter: that takes "buy,sell" for the sum of both.
/// </summary>
public sealed class WordConverter : JsonConverterFactory
{
    public static IEnumerable<string> WordsOf(Type type) => Enum.GetValues(type).Cast<Enum>().Select(WordOf);

    /// <summary>The word of a value.</summary>
    public static string WordOf<T>(T value) where T : struct, Enum => WordOf((Enum)value);

    /// <summary>The value of a word.</summary>
    public static bool TryParse<T>(string? word, out T value) where T : struct, Enum
    {
        value = default;
        return word is not null && Words<T>.Values.TryGetValue(word.Replace("_", string.Empty, StringComparison.Ordinal), out value);
    }

    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    // FIX 59 by the letters that every venue and trader uses; all else in camel case.
    private static string WordOf(Enum value) => value switch
    {
        TimeInForce.GoodTillCancel => "GTC",
        TimeInForce.ImmediateOrCancel => "IOC",
        TimeInForce.FillOrKill => "FOK",
        _ => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()),
    };

    private static class Words<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<string, T> Values =
            Enum.GetValues<T>().ToFrozenDictionary(value => WordOf((Enum)value), StringComparer.OrdinalIgnoreCase);
    }

    private sealed class Converter<T> : JsonConverter<T> where T : struct, Enum
    {
        // Without a message the serializer adds where it was; what is asked for, the body's reader says.
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && TryParse<T>(reader.GetString(), out var value) ? value : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(WordOf((Enum)value));
    }
}
