using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Import;

/// <summary>What all formats have in common: a row becomes a record, or a line of the report.</summary>
internal static class Rows
{
    /// <summary>One record for each line; empty lines are none.</summary>
    public static async IAsyncEnumerable<ImportRow> OfLinesAsync(
        Stream content, bool hasHeader, Func<Cells, ImportRecord> parse, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (number, text) in LineText.LinesAsync(content, cancellationToken))
            if (text.Length > 0 && !(hasHeader && number == 1))
                yield return Read(number, () => parse(Cells.Of(text)));
    }

    /// <summary>One record for each member of a JSON array.</summary>
    public static async IAsyncEnumerable<ImportRow> OfJsonAsync(
        Stream content, Func<JsonElement, ImportRecord> parse, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (number, _, value) in JsonMembers.ReadAsync(content, cancellationToken))
            yield return Read(number, () => parse(value));
    }

    /// <summary>The record, or why there is none.</summary>
    public static ImportRow Read(long number, Func<ImportRecord> parse)
    {
        try
        {
            return ImportRow.Of(number, parse());
        }
        catch (RowFaultException fault)
        {
            return ImportRow.Rejected(number, fault.Message);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return ImportRow.Rejected(number, "It has not the members, or not the kinds of values, that this format has.");
        }
    }

    /// <exception cref="RowFaultException">It is zero or below.</exception>
    public static Price Price(decimal value, string name) =>
        value > 0 ? Domain.Values.Price.From(value) : throw new RowFaultException($"The {name} is not above zero.");

    /// <exception cref="RowFaultException">It is below zero.</exception>
    public static Quantity Quantity(decimal value, string name) =>
        value >= 0 ? Domain.Values.Quantity.From(value) : throw new RowFaultException($"The {name} is below zero.");

    /// <exception cref="RowFaultException">One is no price, or the high is not the highest or the low not the lowest.</exception>
    public static BarPrices Prices(decimal open, decimal high, decimal low, decimal close)
    {
        var prices = new BarPrices(Price(open, "open"), Price(high, "high"), Price(low, "low"), Price(close, "close"));
        return high >= Math.Max(open, close) && low <= Math.Min(open, close)
            ? prices
            : throw new RowFaultException("The high is not the highest, or the low not the lowest.");
    }

    /// <exception cref="RowFaultException">No calendar has it.</exception>
    public static DateTimeOffset Milliseconds(long since1970) => since1970 is >= 0 and < 4_102_444_800_000
        ? DateTimeOffset.FromUnixTimeMilliseconds(since1970)
        : throw new RowFaultException("The time is not between 1970 and 2100.");

    /// <exception cref="RowFaultException">No calendar has it.</exception>
    public static DateTimeOffset Microseconds(long since1970) => Milliseconds(since1970 / 1000).AddMicroseconds(since1970 % 1000);
}
