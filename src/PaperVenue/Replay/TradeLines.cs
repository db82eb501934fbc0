using System.Globalization;

namespace Platform.PaperVenue.Replay;

/// <summary>Kraken's CSV of trades: <c>time,price,volume</c>, time in Unix seconds, who took is not said.</summary>
public static class TradeLines
{
    public static async IAsyncEnumerable<RecordedStep> ReadAsync(Func<TextReader> open)
    {
        using var reader = open();
        while (await reader.ReadLineAsync() is { } line)
        {
            var fields = line.Split(',');
            if (fields.Length != 3 || !Amount(fields[0], out var seconds) || !Amount(fields[1], out var price)
                || !Amount(fields[2], out var volume) || price <= 0)
            {
                throw Recording.Unknown($"line '{line}'");
            }
            yield return new RecordedTrade((long)(seconds * 1000), price, volume, null);
        }
    }

    private static bool Amount(string text, out decimal amount) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
}
