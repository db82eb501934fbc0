using System.Diagnostics;
using System.Globalization;

namespace Platform.Api.Lists;

/// <summary>A list whose items are few and at hand, asked in the same language.</summary>
public sealed class MemorySource<T>(IReadOnlyList<T> items) : IListSource<T>
{
    public Task<IReadOnlyList<Keyed<T>>> ReadAsync(
        ListOf<T> list, ListQuery asked, Keyset? from, int limit, CancellationToken cancellationToken)
    {
        ListField<T>[] keys = [.. list.KeysOf(asked.Sort).Select(key => list.Field(key.Name))];
        var order = Comparer<Keyset>.Create((left, right) => Compare(left, right, asked.Sort.IsDescending));
        return Task.FromResult<IReadOnlyList<Keyed<T>>>(
        [
            .. Wanted(list, asked)
                .Select(item => new Keyed<T>(item, new([.. keys.Select(key => key.Value(item))])))
                .OrderBy(keyed => keyed.Keyset, order)
                .SkipWhile(keyed => from is not null && order.Compare(keyed.Keyset, from) <= 0)
                .Take(limit),
        ]);
    }

    public Task<long> CountAsync(ListOf<T> list, ListQuery asked, CancellationToken cancellationToken) =>
        Task.FromResult(Wanted(list, asked).LongCount());

    private IEnumerable<T> Wanted(ListOf<T> list, ListQuery asked) => items.Where(item =>
        asked.Filters.All(filter => IsMet(filter, list.Field(filter.Field).Value(item)))
        && (asked.Search is not { } search || list.Fields.Any(field => field.IsSearched && Contains(field.Value(item), search))));

    private static int Compare(Keyset left, Keyset right, bool isDescending)
    {
        var first = left.Values.Zip(right.Values, FieldKind.Compare).FirstOrDefault(result => result != 0);
        return isDescending ? -first : first;
    }

    private static bool Contains(object? value, string search) =>
        Convert.ToString(value, CultureInfo.InvariantCulture)?.Contains(search, StringComparison.OrdinalIgnoreCase) is true;

    // As in SQL: what is missing is neither above nor below anything, and differs from everything.
    private static bool IsMet(ListFilter filter, object? value) => filter.Operator switch
    {
        ListOperator.Is => value is null == (bool)filter.Values[0],
        ListOperator.Ne => value is null || FieldKind.Compare(value, filter.Values[0]) != 0,
        _ when value is null => false,
        ListOperator.Eq or ListOperator.In => filter.Values.Any(wanted => FieldKind.Compare(value, wanted) == 0),
        ListOperator.Lt => FieldKind.Compare(value, filter.Values[0]) < 0,
        ListOperator.Le => FieldKind.Compare(value, filter.Values[0]) <= 0,
        ListOperator.Gt => FieldKind.Compare(value, filter.Values[0]) > 0,
        ListOperator.Ge => FieldKind.Compare(value, filter.Values[0]) >= 0,
        ListOperator.Prefix => ((string)value).StartsWith((string)filter.Values[0], StringComparison.Ordinal),
        _ => throw new UnreachableException(),
    };
}
