using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>How Binance writes JSON. What is missing or misspelled is an error, never a default.</summary>
internal static class BinanceJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        // "c" and "C" are two members of one report.
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false),
            new ExactConverter<decimal>(value => value),
            new ExactConverter<Price>(Price.From),
            new ExactConverter<Price?>(value => value == 0 ? null : Price.From(value)),
            new ExactConverter<Quantity>(Quantity.From),
            new ExactConverter<Notional>(Notional.From),
            new ExactConverter<Notional?>(value => value < 0 ? null : Notional.From(value)),
            new UnixMillisecondsConverter(),
            new BookLevelConverter(),
            new CandleConverter(),
            new PublicTradeConverter(),
            new BinanceExchangeConverter(),
        },
    };

    /// <exception cref="JsonException">It is not as documented.</exception>
    public static T As<T>(JsonElement answer) => answer.Deserialize<T>(Options) ?? throw new JsonException("null");

    /// <summary>One of Binance's words as it is sent: LIMIT_MAKER.</summary>
    public static string Text<TEnum>(TEnum value) where TEnum : struct, Enum =>
        JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    /// <exception cref="JsonException">The reader does not stand on a string holding an exact decimal.</exception>
    public static decimal ReadDecimal(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String && WireDecimal.TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException("Expected a string holding a decimal of at most 28 digits.");

    /// <exception cref="JsonException">The element is not a string holding an exact decimal.</exception>
    public static decimal ReadDecimal(JsonElement element) =>
        element.ValueKind is JsonValueKind.String && WireDecimal.TryParse(element.GetString(), out var value)
            ? value
            : throw new JsonException("Expected a string holding a decimal of at most 28 digits.");

    /// <exception cref="JsonException">The value object refuses the number.</exception>
    public static T Checked<T>(decimal value, Func<decimal, T> from)
    {
        try
        {
            return from(value);
        }
        catch (ArgumentException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    private sealed class ExactConverter<T>(Func<decimal, T> from) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Checked(ReadDecimal(ref reader), from);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            throw new NotSupportedException("The venue's records are only read.");
    }

    private sealed class UnixMillisecondsConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
    }
}
