using System.Globalization;

namespace Platform.Workers.Markets.Fetching.Economy;

/// <summary>When a period of statistics begins: "2024-05-17", "17 May 2024", "2024-05", "2024-Q2" or "2024", UTC.</summary>
internal static class StatisticalPeriod
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "dd MMM yyyy", "yyyy-MM", "yyyy"];

    /// <exception cref="FormatException">It is no period.</exception>
    public static DateTimeOffset StartOf(string text)
    {
        if (text is [_, _, _, _, '-', 'Q', >= '1' and <= '4' and var quarter])
            return StartOf(text[..4]).AddMonths(3 * (quarter - '1'));

        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
            ? start
            : throw new FormatException($"'{text}' is no period.");
    }

    public static string Of(DateTimeOffset day) => day.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
