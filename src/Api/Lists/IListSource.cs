namespace Platform.Api.Lists;

/// <summary>Where in a list's order an item stands: the value it is sorted by, then the unique one where that is another.</summary>
public sealed record Keyset(IReadOnlyList<object?> Values);

/// <summary>An item and where it stands.</summary>
public sealed record Keyed<T>(T Item, Keyset Keyset);

/// <summary>Where a list's items come from.</summary>
public interface IListSource<T>
{
    /// <summary>The items behind a place in the order, as many as there are up to a limit.</summary>
    /// <param name="from">Null: from the first.</param>
    Task<IReadOnlyList<Keyed<T>>> ReadAsync(
        ListOf<T> list, ListQuery asked, Keyset? from, int limit, CancellationToken cancellationToken);

    /// <summary>How many items are on all pages.</summary>
    Task<long> CountAsync(ListOf<T> list, ListQuery asked, CancellationToken cancellationToken);
}

public static class ListOrder
{
    extension(ListDeclaration list)
    {
        /// <summary>The fields whose values are a keyset.</summary>
        public IReadOnlyList<ListField> KeysOf(ListSort sort) => string.Equals(sort.Field, list.Unique, StringComparison.Ordinal)
            ? [list.Of(list.Unique)]
            : [list.Of(sort.Field), list.Of(list.Unique)];
    }
}
