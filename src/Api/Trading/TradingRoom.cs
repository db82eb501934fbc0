using Marten;
using Platform.Workers.Realtime;

namespace Platform.Api.Trading;

/// <summary>All that the outside touches of trading.</summary>
public static class TradingRoom
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddTradingRoom()
        {
            services.AddScoped<Commands>();
            services.AddSingleton<ReadYourWrites>();
            services.AddSingleton<Portfolio>();
            services.AddSingleton<PnlTopic>();
            services.AddSingleton<ITopicFamily>(provider => provider.GetRequiredService<PnlTopic>());
            services.AddTopicFamily<OrdersTopic>();
            services.AddTopicFamily<TradesTopic>();
            services.AddSingleton<PnlPublisher>();
            services.AddHostedService(provider => provider.GetRequiredService<PnlPublisher>());
            services.ConfigureMarten((provider, options) => options.Projections.AsyncListeners.Add(new TradingPush(provider)));
            return services;
        }
    }

    extension(IEndpointRouteBuilder app)
    {
        public void MapTrading()
        {
            var pool = app.MapGroup("/v1/pools/{poolId:guid}");
            pool.MapOrderCommands();
            pool.MapOrderQueries();
            pool.MapPortfolioQueries();
        }
    }
}
