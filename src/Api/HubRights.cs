using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.SignalR;
using Platform.Api.Identity;
using Platform.Api.Realtime;
using Platform.Domain.Identity;

namespace Platform.Api;

/// <summary>Stands before every method of every hub: what it takes, who the connection speaks for now, and the one matrix.</summary>
public sealed class HubRights(Access access) : IHubFilter
{
    private static readonly ConcurrentDictionary<MethodInfo, Permission?> Declared = new();

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var connection = invocationContext.Context;
        var permission = Declared.GetOrAdd(invocationContext.HubMethod, static method => method.HubPermission);
        var decision = permission is null
            ? PermissionMatrix.Decide(permission, default)
            : await access.DecideAsync(connection.Caller, permission, pool: null, TokenTier.Outer, connection.ConnectionAborted);

        if (decision.Denial is { } denial)
            throw new HubException(decision.IsHidden ? "not_found" : Denials.CodeOf(denial));

        return await next(invocationContext);
    }
}
