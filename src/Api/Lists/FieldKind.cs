using System.Data.Common;
using System.Globalization;
using System.Text;
using NpgsqlTypes;
using Platform.Domain.Values;

namespace Platform.Api.Lists;

/// <summary>What a field holds: how callers write its values, how they compare, and what the database takes.</summary>
/// <param name="Name">As the description of the API calls it.</param>
/// <param name="Wanted">What a value looks like, to finish the sentence "A value is …".</param>
/// <param name="Operators">None: the field can be shown, and nothing else.</param>
/// <param name="Parse">Null when the text is no value of this kind.</param>
/// <param name="Format">What <paramref name="Parse"/> reads back.</param>
/// <param name="Read">From a column that is not null.</param>
/// <param name="ToColumn">What the database stores for a value.</param>
public sealed record FieldKind(
    string Name, string Wanted, NpgsqlDbType DbType, IReadOnlyList<ListOperator> Operators, Func<string, object?> Parse,
    Func<object, string> Format, Func<DbDataReader, int, object> Read, Func<object, object> ToColumn)
{
    // Longer times than the clock of any venue writes are no times.
    private const int TimeLengthMax = 40;

    private static readonly ListOperator[] Same = [ListOperator.Eq, ListOperator.Ne, ListOperator.In];

    private static readonly ListOperator[] Ordered =
        [ListOperator.Eq, ListOperator.Ne, ListOperator.Lt, ListOperator.Le, ListOperator.Gt, ListOperator.Ge, ListOperator.In];

    public static FieldKind Text { get; } = new(
        "text", "text without the character NUL", NpgsqlDbType.Text, [.. Same, ListOperator.Prefix],
        text => text.Contains('\0', StringComparison.Ordinal) ? null : text, value => (string)value,
        (row, at) => row.GetString(at), value => value);

    public static FieldKind Uuid { get; } = new(
        "uuid", "a UUID with hyphens", NpgsqlDbType.Uuid, Same,
        text => Guid.TryParseExact(text, "D", out var id) ? id : null, value => ((Guid)value).ToString("D"),
        (row, at) => row.GetGuid(at), value => value);

    public static FieldKind Whole { get; } = new(
        "integer", "a whole number", NpgsqlDbType.Bigint, Ordered,
        text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        value => ((long)value).ToString(CultureInfo.InvariantCulture), (row, at) => row.GetInt64(at), value => value);

    public static FieldKind Exact { get; } = new(
        "decimal", "a plain decimal such as 0.05", NpgsqlDbType.Numeric, Ordered,
        text => ExactDecimal.TryParse(text, out var number) ? number : null,
        value => ((decimal)value).ToString(CultureInfo.InvariantCulture), (row, at) => row.GetDecimal(at), value => value);

    public static FieldKind Boolean { get; } = new(
        "boolean", "true or false", NpgsqlDbType.Boolean, [ListOperator.Eq, ListOperator.Ne],
        text => text switch { "true" => true, "false" => false, _ => null }, value => (bool)value ? "true" : "false",
        (row, at) => row.GetBoolean(at), value => value);

    /// <summary>To the microsecond, as the database keeps it.</summary>
    public static FieldKind Time { get; } = new(
        "date-time", "an RFC 3339 time such as 2026-01-31T12:00:00Z", NpgsqlDbType.TimestampTz, Ordered, text => ParseTime(text),
        value => ((DateTimeOffset)value).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        (row, at) => row.GetFieldValue<DateTimeOffset>(at), value => value);

    /// <summary>More than one value: shown whole, never compared.</summary>
    public static FieldKind Nested { get; } = Text with { Name = "nested", Operators = [] };

    /// <summary>The field's own words; stored by the names that the code gives them.</summary>
    public static FieldKind WordOf<TWord>() where TWord : struct, Enum => new(
        "word", $"one of {string.Join(", ", WordConverter.WordsOf(typeof(TWord)))}", NpgsqlDbType.Text, Same,
        text => WordConverter.TryParse<TWord>(text, out var word) ? word : null, value => WordConverter.WordOf((TWord)value),
        (row, at) => Enum.Parse<TWord>(row.GetString(at)), value => value.ToString()!);

    /// <summary>What a cell of a spreadsheet gets for a value.</summary>
    public object? Shown(object? value) => value is Guid or Enum ? Format(value) : value;

    /// <summary>Below zero, zero or above, in the order that the database sorts them too; null is behind all else.</summary>
    public static int Compare(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        (string a, string b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)),
        _ => Comparer<object>.Default.Compare(left, right),
    };

    private static DateTimeOffset? ParseTime(string text)
    {
        if (text.Length > TimeLengthMax
            || !DateTimeOffset.TryParseExact(
                text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var time)
            || text[^1] is not 'Z' && text[^6] is not ('+' or '-'))
            return null;

        var utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
