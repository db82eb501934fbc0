using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Domain.Values;

/// <summary><see cref="DecimalConverter"/> where there may be none.</summary>
public sealed class NullableDecimalConverter : JsonConverter<decimal?>
{
    private static readonly DecimalConverter Digits = new();

    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Null ? null : Digits.Read(ref reader, typeof(decimal), options);

    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options)
    {
        if (value is { } digits)
            Digits.Write(writer, digits, options);
        else
            writer.WriteNullValue();
    }
}
