using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Domain.Values;

/// <summary>A decimal as a JSON string, digit for digit.</summary>
public sealed class DecimalConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && ExactDecimal.TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException(
                $"A decimal is a string of at most {ExactDecimal.DigitsMax} digits, {ExactDecimal.ScaleMax} of them behind the point.");

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}
