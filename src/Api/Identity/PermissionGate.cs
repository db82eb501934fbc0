using System.Reflection;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.SignalR;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Api.Identity;

/// <summary>Stands before every endpoint: what it takes, who asks, and the one matrix.</summary>
public sealed class PermissionGate(RequestDelegate next, Access access)
{
    /// <summary>The route value that names the pool an endpoint is about.</summary>
    public const string PoolRouteValue = "poolId";

    public async Task InvokeAsync(HttpContext http)
    {
        // Nothing there, or only the framework's own answers: wrong method, wrong media type.
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(http);
            return;
        }

        var permission = endpoint.Metadata.GetMetadata<Permission>();
        var decision = permission is null
            ? PermissionMatrix.Decide(permission, default)
            : await access.DecideAsync(http.User, permission, PoolOf(http), TierOf(http), http.RequestAborted);
        if (decision.IsAllowed)
            await next(http);
        else if (decision is { Denial: Denial.TierTooLow, IsHidden: false } && http.User.UserId is null)
            await http.ChallengeAsync();
        else
            await Denials.ProblemOf(decision, permission).ExecuteAsync(http);
    }

    // Whether that token is good, and for this very request, the endpoint's own binding says.
    private static TokenTier TierOf(HttpContext http) =>
        http.Request.Headers.ContainsKey(AsksAgain.Header) ? TokenTier.Danger : TokenTier.Outer;

    private static PoolId? PoolOf(HttpContext http) =>
        Guid.TryParse(http.GetRouteValue(PoolRouteValue) as string, out var pool) ? PoolId.From(pool) : null;
}

/// <summary>How endpoints say what they are.</summary>
public static class PermissionRoutes
{
    extension<TBuilder>(TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>Declares what the endpoint takes; the platform does not start with one that declares nothing.</summary>
        public TBuilder Requires(Permission permission) => route.WithMetadata(permission);
    }

    extension(WebApplication app)
    {
        public void UsePermissions() => app.UseMiddleware<PermissionGate>();

        /// <summary>Deny by default, before anybody asks: all that can be reached is in the matrix.</summary>
        /// <exception cref="InvalidOperationException">
        /// An endpoint, or a method of a hub, declares no permission, one of a pool without naming which, or one that asks again
        /// without doing so.
        /// </exception>
        public void VerifyEveryEndpointDeclaresItsPermission()
        {
            RouteEndpoint[] endpoints =
                [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
            var hubs = endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<HubMetadata>()?.HubType).OfType<Type>().Distinct();
            string[] undeclared =
            [
                .. endpoints.Where(endpoint => !IsDeclared(endpoint)).Select(endpoint => endpoint.DisplayName ?? endpoint.ToString()!),
                .. hubs.SelectMany(HubPermissions.MethodsOf).Where(method => !method.IsDeclaredInHub)
                    .Select(method => $"{method.DeclaringType!.Name}.{method.Name}"),
            ];
            if (undeclared.Length > 0)
                throw new InvalidOperationException($"These declare no permission: {string.Join("; ", undeclared)}.");
        }
    }

    private static bool IsDeclared(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<Permission>() is { } permission
        && (permission.Grants.Any(grant => grant.Pool is null)
            || endpoint.RoutePattern.GetParameter(PermissionGate.PoolRouteValue) is not null)
        && (permission.Tier is not TokenTier.Danger
            || (endpoint.Metadata.GetMetadata<AsksAgain>()?.Permission == permission && TakesDanger(endpoint)));

    // Only by binding one is the token checked at all.
    private static bool TakesDanger(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<MethodInfo>() is { } handler
        && handler.GetParameters().Any(parameter =>
            parameter.ParameterType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Danger<>));
}
