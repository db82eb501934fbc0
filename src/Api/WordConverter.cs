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

    private sealed class Converter<T> : JsonConverter<T> where T : struct, Enum
    {
        private readonly Dictionary<string, T> values =
            Enum.GetValues<T>().ToDictionary(value => WordOf(value), StringComparer.OrdinalIgnoreCase);

        // Without a message the serializer adds where it was; what is asked for, the body's reader says.
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && values.TryGetValue(
                reader.GetString()!.Replace("_", string.Empty, StringComparison.Ordinal), out var value)
                ? value
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(WordOf(value));
    }
}
