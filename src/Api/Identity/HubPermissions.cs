using System.Reflection;
using Microsoft.AspNetCore.SignalR;
using Platform.Domain.Identity;

namespace Platform.Api.Identity;

/// <summary>What calling a method of a hub takes: the permission's id, since an attribute holds constants only.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresAttribute(string permissionId) : Attribute
{
    /// <summary>Null: there is none of that id, and nobody may call.</summary>
    public Permission? Permission { get; } = Permissions.Find(permissionId);
}

/// <summary>How methods of hubs say what they take.</summary>
public static class HubPermissions
{
    extension(MethodInfo method)
    {
        /// <summary>Null: the method declares none.</summary>
        public Permission? HubPermission => method.GetCustomAttribute<RequiresAttribute>()?.Permission;

        // A call names no pool and carries no danger token.
        internal bool IsDeclaredInHub => method.HubPermission is { Tier: not TokenTier.Danger, IsPooled: false };
    }

    /// <summary>What clients may call of a hub, as SignalR sees it.</summary>
    public static IEnumerable<MethodInfo> MethodsOf(Type hub) => hub.GetMethods(BindingFlags.Public | BindingFlags.Instance)
        .Where(method => !method.IsSpecialName && !method.GetBaseDefinition().DeclaringType!.IsAssignableFrom(typeof(Hub)));
}
