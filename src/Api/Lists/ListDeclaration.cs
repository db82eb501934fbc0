namespace Platform.Api.Lists;

/// <summary>A list, declared once: what can be asked of it, read, described and exported follows from this.</summary>
/// <param name="Name">Unique among all lists; also names an exported file.</param>
/// <param name="Unique">The field that no two items share; it settles every order.</param>
/// <param name="DefaultSort">As a caller would write it: <c>-createdAt</c>.</param>
public abstract record ListDeclaration(string Name, string Unique, string DefaultSort)
{
    public const int LimitMin = 10;
    public const int LimitMax = 500;
    public const int LimitDefault = 50;

    public abstract IReadOnlyList<ListField> All { get; }

    /// <summary>Whether an answer tells which event it has seen, and <c>after</c> waits for one.</summary>
    public bool HasSequence { get; init; }

    /// <summary>What the route itself asks for beside the language of lists; each at most once.</summary>
    public IReadOnlyList<string> Own { get; init; } = [];

    public IEnumerable<ListField> Sortable => All.Where(each => each.IsSortable);

    public IEnumerable<ListField> Filterable => All.Where(each => each.Kind.Operators.Count > 0 && (each.Column is not null || IsInMemory));

    public IEnumerable<ListField> Searched => All.Where(each => each.IsSearched);

    /// <summary>What <c>fields</c> may name.</summary>
    public IEnumerable<string> Members => All.Select(each => each.Member).Distinct(StringComparer.Ordinal);

    /// <summary>Whether no field lies in a table.</summary>
    public bool IsInMemory => All.All(each => each.Column is null);

    /// <exception cref="InvalidOperationException">The list has no such field.</exception>
    public ListField Of(string name) => All.First(field => string.Equals(field.Name, name, StringComparison.Ordinal));

    /// <summary>The operators that a caller may use on a field.</summary>
    public static IEnumerable<ListOperator> OperatorsOf(ListField field) =>
        field.IsNullable ? field.Kind.Operators.Append(ListOperator.Is) : field.Kind.Operators;
}

/// <typeparam name="T">The item as callers see it.</typeparam>
public sealed record ListOf<T>(string Name, string Unique, string DefaultSort, IReadOnlyList<ListField<T>> Fields)
    : ListDeclaration(Name, Unique, DefaultSort)
{
    public override IReadOnlyList<ListField> All => Fields;

    /// <exception cref="InvalidOperationException">The list has no such field.</exception>
    public ListField<T> Field(string name) => (ListField<T>)Of(name);
}
