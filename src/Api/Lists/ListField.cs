namespace Platform.Api.Lists;

/// <summary>One field of a list.</summary>
/// <param name="Name">As in the JSON of an item; <c>fee.amount</c> is a member of a member.</param>
public abstract record ListField(string Name, FieldKind Kind)
{
    /// <summary>
    /// The SQL that gives the field's value from the row of a document, in the words of an index; null when the list is
    /// in memory, or the field can only be shown.
    /// </summary>
    public string? Column { get; init; }

    public bool IsNullable { get; init; }

    public bool IsSortable { get; init; }

    public bool IsSearched { get; init; }

    /// <summary>False where another column of an export says the same.</summary>
    public bool IsExported { get; init; } = true;

    /// <summary>The member of an item's JSON that the field is in.</summary>
    public string Member => Name.Split('.')[0];
}

/// <param name="Value">Of the kind's own type; null while the item has none.</param>
public sealed record ListField<T>(string Name, FieldKind Kind, Func<T, object?> Value) : ListField(Name, Kind)
{
    /// <summary>In which asset an amount of money is counted; null on all that is not money.</summary>
    public Func<T, string>? Asset { get; init; }

    /// <summary>Whether the amounts of all items add up, being counted in the same.</summary>
    public bool IsSummed { get; init; }
}

/// <summary>How a list's fields are written down.</summary>
/// <typeparam name="T">The item as callers see it.</typeparam>
public static class Field<T>
{
    public static ListField<T> Text(string name, Func<T, string?> value, string? column = null) =>
        new(name, FieldKind.Text, value) { Column = column };

    public static ListField<T> Uuid(string name, Func<T, Guid?> value, string? column = null) =>
        new(name, FieldKind.Uuid, item => value(item)) { Column = column };

    public static ListField<T> Whole(string name, Func<T, long?> value, string? column = null) =>
        new(name, FieldKind.Whole, item => value(item)) { Column = column };

    public static ListField<T> Exact(string name, Func<T, decimal?> value, string? column = null) =>
        new(name, FieldKind.Exact, item => value(item)) { Column = column };

    /// <summary>An amount of the asset that it is counted in: an export adds it up.</summary>
    public static ListField<T> Money(string name, Func<T, decimal?> value, Func<T, string> asset, string? column = null) =>
        new(name, FieldKind.Exact, item => value(item)) { Column = column, Asset = asset };

    public static ListField<T> Boolean(string name, Func<T, bool> value, string? column = null) =>
        new(name, FieldKind.Boolean, item => value(item)) { Column = column };

    public static ListField<T> Time(string name, Func<T, DateTimeOffset?> value, string? column = null) =>
        new(name, FieldKind.Time, item => value(item)) { Column = column };

    public static ListField<T> Word<TWord>(string name, Func<T, TWord?> value, string? column = null) where TWord : struct, Enum =>
        new(name, FieldKind.WordOf<TWord>(), item => value(item)) { Column = column };

    /// <param name="text">What a cell of an export shows of it.</param>
    public static ListField<T> Nested(string name, Func<T, string?> text) => new(name, FieldKind.Nested, text);
}
