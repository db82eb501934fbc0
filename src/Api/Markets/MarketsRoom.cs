using Platform.Api.Markets.Registry;
using Platform.Workers.Markets;
using Platform.Workers.Realtime;

namespace Platform.Api.Markets;

/// <summary>What the outside touches of the markets beside their endpoints.</summary>
public static class MarketsRoom
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddMarketsRoom()
        {
            foreach (var kind in Enum.GetValues<MarketTopic>())
            {
                services.AddKeyedSingleton(kind, (provider, _) => new MarketFamily(kind, provider.GetRequiredService<MarketBoard>()));
                services.AddSingleton(provider => provider.GetRequiredKeyedService<MarketFamily>(kind));
                services.AddSingleton<ITopicFamily>(provider => provider.GetRequiredKeyedService<MarketFamily>(kind));
            }
            services.AddSingleton<Exchanges>();
            services.AddTopicFamily<ExchangeTopic>();
            services.AddHostedService<ExchangePush>();
            return services.AddHostedService<MarketPush>();
        }
    }
}
