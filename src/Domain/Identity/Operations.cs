using System.Collections.Frozen;
using System.Reflection;

namespace Platform.Domain.Identity;

/// <summary>
/// Every operation there is or will be, as data. <c>platform permissions</c> prints it; a table written by other hands
/// checks it.
/// </summary>
public static class Operations
{
    private static readonly FrozenDictionary<string, Operation> ById =
        ((Type[])[typeof(OpenOperations), typeof(AccountOperations), typeof(PoolOperations), typeof(PlatformOperations)])
        .SelectMany(table => table.GetProperties(BindingFlags.Public | BindingFlags.Static))
        .Select(property => (Operation)property.GetValue(obj: null)!)
        .ToFrozenDictionary(operation => operation.Id, StringComparer.Ordinal);

    /// <summary>In the order of their ids.</summary>
    public static IReadOnlyList<Operation> All { get; } =
        [.. ById.Values.OrderBy(operation => operation.Id, StringComparer.Ordinal)];

    /// <summary>Null when there is none of that id.</summary>
    public static Operation? Find(string id) => ById.GetValueOrDefault(id);
}
