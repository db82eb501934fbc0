using System.Globalization;

namespace Platform.Api;

/// <summary>One page of a list, newest first.</summary>
/// <param name="Next">The cursor of the page behind this one; null on the last.</param>
/// <param name="Sequence">Up to which event the page has seen.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, long Sequence);

/// <summary>How much of a list is asked for, and from where.</summary>
/// <param name="Before">Rows below this number; <see cref="long.MaxValue"/> from the newest.</param>
public sealed record PageRequest(int Limit, long Before)
{
    public const int LimitDefault = 50;
    public const int LimitMax = 500;

    /// <exception cref="BodyException">The limit or the cursor is none.</exception>
    public static PageRequest From(string? limit, string? cursor)
    {
        var count = LimitDefault;
        if (limit is not null
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > LimitMax))
            throw new BodyException(new("invalid_limit", $"A limit is 1 to {LimitMax}.", "limit"));

        var before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            throw new BodyException(new("invalid_cursor", "The cursor is none that a list gave out.", "cursor"));
        return new(count, before);
    }

    /// <summary>Cuts the row off that was read beyond the limit only to know whether there is another page.</summary>
    public Page<T> Cut<T>(IReadOnlyList<T> rows, Func<T, long> number, long sequence)
    {
        var items = rows.Count > Limit ? [.. rows.Take(Limit)] : rows;
        var next = rows.Count > Limit ? number(items[^1]).ToString(CultureInfo.InvariantCulture) : null;
        return new(items, next, sequence);
    }
}
