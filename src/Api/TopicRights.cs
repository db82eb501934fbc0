using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using Platform.Api.Identity;
using Platform.Api.Realtime;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Workers.Identity;
using Platform.Workers.Realtime;

namespace Platform.Api;

/// <summary>Who may watch what: each family of topics declares what watching takes, and the matrix decides.</summary>
public sealed class TopicRights(Access access, IEnumerable<ITopicFamily> families)
{
    private readonly Dictionary<string, Permission> permissions =
        families.ToDictionary(family => family.Name, family => family.Permission, StringComparer.Ordinal);

    public async ValueTask<TopicAccess> AuthorizeAsync(ClaimsPrincipal caller, Topic topic, CancellationToken cancellationToken)
    {
        var permission = permissions.GetValueOrDefault(topic.Family);
        var decision = permission is null
            ? PermissionMatrix.Decide(permission, default)
            : await access.DecideAsync(caller, permission, PoolOf(topic), TokenTier.Outer, cancellationToken);

        return (decision.IsAllowed, permission?.Tier) switch
        {
            (false, _) => TopicAccess.Denied,
            (true, TokenTier.None) => TopicAccess.Public,
            _ => TopicAccess.Private,
        };
    }

    private static PoolId? PoolOf(Topic topic) => Guid.TryParse(topic.Entity, out var pool) ? PoolId.From(pool) : null;
}

public static class TopicRightsRegistration
{
    extension(IServiceCollection services)
    {
        /// <summary>What the push needs to know of who is asking.</summary>
        public void AddTopicRights()
        {
            services.AddSingleton<TopicRights>();
            services.AddSingleton<HubRights>();
            services.Configure<HubOptions>(hubs => hubs.AddFilter<HubRights>());
            services.AddSingleton<AuthorizeTopic>(provider => provider.GetRequiredService<TopicRights>().AuthorizeAsync);
            services.AddSingleton<VerifyToken>(provider => (token, from) =>
                provider.GetRequiredService<TokenVerifier>().Outer(token, new(from)).Token is { } outer
                    ? new(new TokenIdentity(outer))
                    : null);
            services.AddHostedService<BarredConnections>();
        }
    }
}
