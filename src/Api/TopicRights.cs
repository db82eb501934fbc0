using System.Security.Claims;
using Platform.Api.Identity;
using Platform.Api.Markets;
using Platform.Api.Realtime;
using Platform.Api.Trading;
using Platform.Domain.Values;
using Platform.Workers.Identity;
using Platform.Workers.Realtime;

namespace Platform.Api;

/// <summary>Who may watch what: topics of a market are everybody's, those of a pool are for who may see it, others nobody's.</summary>
public sealed class TopicRights(PoolAccess access, IEnumerable<MarketFamily> markets)
{
    private readonly HashSet<string> everybodys = [.. markets.Select(family => family.Name)];

    public async ValueTask<TopicAccess> AuthorizeAsync(ClaimsPrincipal caller, Topic topic, CancellationToken cancellationToken)
    {
        if (everybodys.Contains(topic.Family))
            return TopicAccess.Public;

        return topic.Family is OrdersTopic.FamilyName or TradesTopic.FamilyName or PnlTopic.FamilyName
            && Guid.TryParse(topic.Entity, out var pool)
            && await access.MayAsync(caller, PoolId.From(pool), cancellationToken)
                ? TopicAccess.Private
                : TopicAccess.Denied;
    }
}

public static class TopicRightsRegistration
{
    extension(IServiceCollection services)
    {
        /// <summary>What the push needs to know of who is asking.</summary>
        public void AddTopicRights()
        {
            services.AddSingleton<TopicRights>();
            services.AddSingleton<AuthorizeTopic>(provider => provider.GetRequiredService<TopicRights>().AuthorizeAsync);
            services.AddSingleton<VerifyToken>(provider => (token, from) =>
                provider.GetRequiredService<TokenVerifier>().Outer(token, new(from)).Token is { } outer
                    ? new(new TokenIdentity(outer))
                    : null);
            services.AddHostedService<BarredConnections>();
        }
    }
}
