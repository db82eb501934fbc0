using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Platform.Workers.Markets.Aggregation;

public static class AggregationRegistration
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>One price of each market from all its venues.</summary>
        public void AddAggregation()
        {
            builder.Services.AddOptions<AggregationOptions>()
                .Bind(builder.Configuration.GetSection(AggregationOptions.Section))
                .ValidateDataAnnotations()
                .ValidateOnStart();
            builder.Services.AddSingleton<Aggregator>();
            builder.Services.AddSingleton<IMarketTap, AggregatorTap>();
            builder.Services.AddHostedService<AggregatorLoop>();
        }
    }
}
