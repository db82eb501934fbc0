using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Platform.Workers.Trading;

/// <summary>What carries orders to the venue and keeps them in step with it.</summary>
public static class TradingWorkers
{
    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddTradingWorkers()
        {
            builder.Services.AddOptions<TradingOptions>()
                .Bind(builder.Configuration.GetSection(TradingOptions.Section))
                .ValidateDataAnnotations().ValidateOnStart();
            builder.Services.AddSingleton<OrderEntry>();
            builder.Services.AddSingleton<OpenOrders>();
            builder.Services.AddSingleton<Reconciler>();
            builder.Services.AddHostedService(services => services.GetRequiredService<Reconciler>());
            builder.Services.AddSingleton<UserStreamListener>();
            builder.Services.AddHostedService(services => services.GetRequiredService<UserStreamListener>());
            return builder;
        }
    }
}
