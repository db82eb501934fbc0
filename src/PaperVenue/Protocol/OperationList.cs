namespace Platform.PaperVenue.Protocol;

/// <summary>All that the venue can be asked.</summary>
public sealed class OperationList(
    GeneralOperations general, MarketOperations markets, OrderOperations orders, AccountOperations accounts)
{
    public IReadOnlyList<Operation> All { get; } = [.. general.All, .. markets.All, .. orders.All, .. accounts.All];

    public IReadOnlyDictionary<string, Operation> ByMethod => field ??= All
        .Where(operation => operation.Method is not null)
        .ToDictionary(operation => operation.Method!, StringComparer.Ordinal);
}
