using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Workers.Snapshots;
using Platform.Projections.Markets;
using Platform.Projections.Snapshots;
using Platform.Workers.Markets.Aggregation.Cold;

namespace Platform.Workers.Markets.Aggregation;

public static class AggregationRegistration
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>One price of each market from all venues, in memory; before the feeds in the order of start.</summary>
        public void AddAggregation()
        {
            builder.Services.AddOptions<AggregationOptions>()
                .Bind(builder.Configuration.GetSection(AggregationOptions.Section))
                .ValidateDataAnnotations()
                .ValidateOnStart();
            builder.Services.AddSingleton<Aggregator>();
            builder.Services.AddSingleton<AggregatorTap>();
            builder.Services.AddSingleton<IMarketTap>(services => services.GetRequiredService<AggregatorTap>());
            builder.Services.AddHostedService<AggregatorLoop>();
            builder.Services.AddHostedService(services => services.GetRequiredService<AggregatorTap>());
        }

        /// <summary>What was counted is kept in the store; before <see cref="AddAggregation"/>, for it comes first and ends last.</summary>
        /// <param name="journalFolder">Where none is configured.</param>
        public void AddColdPath(string journalFolder)
        {
            builder.Services.PostConfigure<AggregationOptions>(options => options.JournalFolder ??= journalFolder);
            builder.Services.AddSingleton(services => new TradeSeconds(services.Database, services.GetRequiredService<Partitions>()));
            builder.Services.AddSingleton<ColdRows>();
            builder.Services.AddSingleton<ColdPath>();
            builder.Services.AddHostedService(services => services.GetRequiredService<ColdPath>());
            builder.Services.AddHostedService<IndexSampling>();
        }
    }
}
