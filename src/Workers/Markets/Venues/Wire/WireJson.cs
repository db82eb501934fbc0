using System.Globalization;
using System.Text.Json;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues.Wire;

/// <summary>
/// Members of REST answers, where a decimal may be a string or a number. What is missing or misspelled is a
/// <see cref="JsonException"/> or what reading an element throws, never a default.
/// </summary>
internal static class WireJson
{
    extension(JsonElement element)
    {
        /// <summary>Without trailing zeros.</summary>
        /// <exception cref="JsonException">It is no exact decimal.</exception>
        public decimal Decimal() => WireDecimal.TryParse(element.Digits(), out var value)
            ? value
            : throw new JsonException("Expected a decimal of at most 28 digits.");

        public decimal Decimal(string name) => element.GetProperty(name).Decimal();

        /// <summary>With the places that the venue wrote: checksums are made of them.</summary>
        /// <exception cref="JsonException">It is no exact decimal.</exception>
        public decimal DecimalAsWritten() => ExactDecimal.TryParse(element.Digits(), out var value)
            ? value
            : throw new JsonException("Expected a decimal of at most 28 digits.");

        /// <summary>Null where the member is absent, null or an empty string.</summary>
        public decimal? DecimalOrNone(string name) =>
            element.TryGetProperty(name, out var member) && member.IsTold() ? member.Decimal() : null;

        public Price Price() => Domain.Values.Price.From(element.Decimal());

        public Price Price(string name) => element.GetProperty(name).Price();

        /// <summary>Null where the member is absent, null, empty or zero.</summary>
        public Price? PriceOrNone(string name) =>
            element.DecimalOrNone(name) is { } value && value != 0 ? Domain.Values.Price.From(value) : null;

        public Quantity Quantity() => Domain.Values.Quantity.From(element.Decimal());

        public Quantity Quantity(string name) => element.GetProperty(name).Quantity();

        public string Text(string name) =>
            element.GetProperty(name).GetString() ?? throw new JsonException($"{name} is null.");

        /// <summary>Null where the member is absent, null or empty.</summary>
        public string? TextOrNone(string name) =>
            element.TryGetProperty(name, out var member) && member.IsTold() ? member.GetString() : null;

        /// <summary>A whole number, in quotes or not.</summary>
        public long Whole(string name) => element.GetProperty(name).Whole();

        public long Whole() => element.ValueKind is JsonValueKind.String
            ? long.Parse(element.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : element.GetInt64();

        /// <summary>Unix milliseconds, in quotes or not.</summary>
        public DateTimeOffset Milliseconds(string name) => DateTimeOffset.FromUnixTimeMilliseconds(element.Whole(name));

        /// <summary>RFC 3339.</summary>
        public DateTimeOffset Time(string name) => element.GetProperty(name).GetDateTimeOffset();

        public bool Is(string name, string value) =>
            element.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.String && member.ValueEquals(value);

        private bool IsTold() => element.ValueKind is not JsonValueKind.Null
            && !(element.ValueKind is JsonValueKind.String && element.ValueEquals(""u8));

        private string Digits() => element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number => Plain(element.GetRawText()),
            _ => throw new JsonException("Expected a decimal."),
        };
    }

    // JSON numbers may have an exponent, which our own texts never have.
    private static string Plain(string number) => number.Contains('e', StringComparison.OrdinalIgnoreCase)
        ? decimal.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
        : number;
}
