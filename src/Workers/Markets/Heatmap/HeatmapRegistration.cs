using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Workers.Realtime;

namespace Platform.Workers.Markets.Heatmap;

public static class HeatmapRegistration
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>What assets cost and how that changes, now and at any past hour.</summary>
        public void AddHeatmap()
        {
            builder.Services.AddOptions<HeatmapOptions>()
                .Bind(builder.Configuration.GetSection(HeatmapOptions.Section))
                .ValidateDataAnnotations()
                .ValidateOnStart();
            builder.Services.AddSingleton(provider => new StoredPrices(provider.GetRequiredService<IDocumentStore>().Storage.Database.Connections));
            builder.Services.AddSingleton<AssetSupplies>();
            builder.Services.AddSingleton<MarketPoints>();
            builder.Services.AddSingleton<HeatmapPast>();
            builder.Services.AddSingleton<PastHeatmaps>();
            builder.Services.AddSingleton<HeatmapBoard>();
            builder.Services.AddTopicFamily<HeatmapFamily>();
            builder.Services.AddHostedService<HeatmapKeeper>();
        }
    }
}
