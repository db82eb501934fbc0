using System.Security.Cryptography;
using System.Text;

namespace Platform.Api.Lists;

/// <summary>In which order a list is read; items that share the value follow by the unique field, the same way round.</summary>
public sealed record ListSort(string Field, bool IsDescending);

/// <summary>What an item must be like.</summary>
/// <param name="Values">One, but for <see cref="ListOperator.In"/>; of the field's kind, or for <see cref="ListOperator.Is"/> whether it is null.</param>
public sealed record ListFilter(string Field, ListOperator Operator, IReadOnlyList<object> Values);

/// <summary>Whether an answer counts what is on all pages, and how well.</summary>
public enum ListCount
{
    None,

    /// <summary>What the planner of the database expects, at the cost of planning; off where its statistics are.</summary>
    Approximate,

    /// <summary>Counted one by one.</summary>
    Exact,
}

/// <summary>What a caller asks of a list; checked against its declaration.</summary>
/// <param name="Cursor">As it was given; null for the first page.</param>
/// <param name="Search">What one of the searched fields must contain, in any case; null for all.</param>
/// <param name="Members">The members of an item to answer; null for all.</param>
/// <param name="After">The event that the answer must have seen; null for none.</param>
/// <param name="IsExport">The whole list as a spreadsheet instead of a page.</param>
/// <param name="Scope">Whose list it is and where: a cursor holds nowhere else.</param>
public sealed record ListQuery(
    int Limit, string? Cursor, string? Search, ListSort Sort, IReadOnlyList<ListFilter> Filters, IReadOnlyList<string>? Members,
    ListCount Count, long? After, bool IsExport, string Scope)
{
    /// <summary>What a cursor is bound to: the same list, caller, place, order, search and filters.</summary>
    public byte[] Binding(ListDeclaration list)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (IEnumerable<string>)[list.Name, Scope, Sort.Field, Sort.IsDescending ? "-" : "+", Search ?? "", .. Said(list)])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            // A byte that no UTF-8 text contains.
            hash.AppendData([0xFF]);
        }
        return hash.GetHashAndReset();
    }

    // In one order, whatever the order that they were written in.
    private IEnumerable<string> Said(ListDeclaration list) => Filters
        .Select(filter => string.Join(
            '\n', [filter.Field, filter.Operator.ToString(), .. filter.Values.Select(value => TextOf(filter, value, list))]))
        .Order(StringComparer.Ordinal);

    private static string TextOf(ListFilter filter, object value, ListDeclaration list) =>
        filter.Operator is ListOperator.Is ? value.ToString()! : list.Of(filter.Field).Kind.Format(value);

    /// <summary>Read by the declaration that the route carries.</summary>
    /// <exception cref="BodyException">The list cannot be asked so.</exception>
    public static ValueTask<ListQuery> BindAsync(HttpContext context) =>
        ValueTask.FromResult(ListQueryReader.Read(context.GetEndpoint()!.Metadata.GetRequiredMetadata<ListDeclaration>(), context));
}
