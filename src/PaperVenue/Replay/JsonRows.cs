using System.Text.Json;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Replay;

/// <summary>
/// A JSON array of arrays, as freqtrade keeps them: trades <c>[ms,id,type,side,price,amount,cost]</c> or bars
/// <c>[ms,open,high,low,close,volume]</c>.
/// </summary>
public static class JsonRows
{
    public static async IAsyncEnumerable<RecordedStep> ReadAsync(Func<Stream> open)
    {
        await using var stream = open();
        JsonElement? waiting = null;
        long span = 0;
        await foreach (var row in RowsAsync(stream))
        {
            if (row.GetArrayLength() == 7)
            {
                yield return Trade(row);
                continue;
            }
            // A bar's span is told by the bar after it.
            if (waiting is { } bar)
            {
                span = Time(row) - Time(bar);
                foreach (var step in Bar(bar, span))
                    yield return step;
            }
            waiting = row;
        }
        if (waiting is { } last)
        {
            foreach (var step in Bar(last, span))
                yield return step;
        }
    }

    private static async IAsyncEnumerable<JsonElement> RowsAsync(Stream stream)
    {
        await using var rows = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(stream).GetAsyncEnumerator();
        while (await NextAsync(rows))
        {
            var row = rows.Current;
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() is not (6 or 7))
                throw Recording.Unknown("JSON rows that are neither trades nor bars");
            yield return row;
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<JsonElement> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (Exception broken) when (broken is JsonException or InvalidDataException)
        {
            throw Recording.Unknown("JSON that is not an array of rows");
        }
    }

    private static RecordedTrade Trade(JsonElement row)
    {
        var side = row[3].GetString() is "sell" ? Side.Sell : Side.Buy;
        return new(Time(row), Amount(row[4]), Amount(row[5]), side);
    }

    private static IEnumerable<RecordedStep> Bar(JsonElement row, long span) => Bars.Trades(
        Time(row), span, [Amount(row[1]), Amount(row[2]), Amount(row[3]), Amount(row[4])], Amount(row[5]));

    private static long Time(JsonElement row) => (long)Amount(row[0]);

    private static decimal Amount(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var amount)
            ? amount
            : throw Recording.Unknown($"JSON value '{value}' where a number belongs");
}
