using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Workers.Markets;

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
                .Configure<IOptions<VenueOptions>>((trading, venue) => trading.VenueId = VenueId.From(venue.Value.Name))
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
