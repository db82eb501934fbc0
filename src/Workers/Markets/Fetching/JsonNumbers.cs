using System.Globalization;
using System.Text.Json;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Fetching;

/// <summary>Numbers in the JSON of sources, which write them as strings, or computed them in binary floating point.</summary>
internal static class JsonNumbers
{
    extension(JsonElement element)
    {
        /// <summary>A string of plain digits, to the last of them.</summary>
        /// <exception cref="FormatException">It is nothing of the kind, or longer than a decimal is exact.</exception>
        public decimal ExactText => ExactDecimal.TryParse(element.GetString(), out var value)
            ? value
            : throw new FormatException($"'{element}' is no plain decimal.");

        /// <summary>
        /// A JSON number that its source computed in binary floating point: its digits beyond the 18th place say nothing,
        /// and are rounded off.
        /// </summary>
        /// <exception cref="FormatException">It is no number, or beyond a decimal.</exception>
        public decimal Computed => element.ValueKind is JsonValueKind.Number
            && decimal.TryParse(element.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? decimal.Round(value, ExactDecimal.ScaleMax, MidpointRounding.ToEven)
                : throw new FormatException($"'{element}' is no number.");

        /// <summary>Null when there is no such member, or it is null.</summary>
        public JsonElement? Optional(string name) =>
            element.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Null ? member : null;
    }
}
