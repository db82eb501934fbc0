using System.Collections.Frozen;
using System.Reflection;

namespace Platform.Domain.Identity;

/// <summary>
/// Everything that can be asked of the platform, now or later, as data. <c>platform permissions</c> prints it; a table
/// written by other hands checks it.
/// </summary>
public static class Permissions
{
    private static readonly FrozenDictionary<string, Permission> ById =
        ((Type[])[typeof(OpenPermissions), typeof(AccountPermissions), typeof(PoolPermissions), typeof(PlatformPermissions)])
        .SelectMany(table => table.GetProperties(BindingFlags.Public | BindingFlags.Static))
        .Select(property => (Permission)property.GetValue(obj: null)!)
        .ToFrozenDictionary(permission => permission.Id, StringComparer.Ordinal);

    /// <summary>In the order of their ids.</summary>
    public static IReadOnlyList<Permission> All { get; } =
        [.. ById.Values.OrderBy(permission => permission.Id, StringComparer.Ordinal)];

    /// <summary>Null when there is none of that id.</summary>
    public static Permission? Find(string id) => ById.GetValueOrDefault(id);
}
