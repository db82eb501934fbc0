using System.Globalization;
using System.Text.Json;

namespace Platform.PaperVenue.Protocol;

/// <summary>Amounts travel as strings with eight decimals.</summary>
public static class Amounts
{
    extension(Utf8JsonWriter json)
    {
        public void WriteAmount(string name, decimal amount)
        {
            Span<byte> text = stackalloc byte[48];
            amount.TryFormat(text, out var length, "F8", CultureInfo.InvariantCulture);
            json.WriteString(name, text[..length]);
        }

        public void WriteAmountValue(decimal amount)
        {
            Span<byte> text = stackalloc byte[48];
            amount.TryFormat(text, out var length, "F8", CultureInfo.InvariantCulture);
            json.WriteStringValue(text[..length]);
        }

        public void WriteLevels(string name, IEnumerable<KeyValuePair<decimal, decimal>> levels)
        {
            json.WriteStartArray(name);
            foreach (var (price, quantity) in levels)
            {
                json.WriteStartArray();
                json.WriteAmountValue(price);
                json.WriteAmountValue(quantity);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }

        public void WriteList<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
        {
            json.WriteStartArray();
            foreach (var item in items)
                write(json, item);
            json.WriteEndArray();
        }
    }
}
