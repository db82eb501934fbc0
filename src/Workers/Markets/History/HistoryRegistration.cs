using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Domain.Snapshots;
using Platform.Projections.Markets;
using Platform.Projections.Snapshots;
using Platform.Workers.Markets.Import;
using Platform.Workers.Snapshots;

namespace Platform.Workers.Markets.History;

public static class HistoryRegistration
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Where bars and samples are stored.</summary>
        internal void AddBars()
        {
            builder.AddSnapshots();
            builder.Services.AddSingleton(provider => new Instruments(provider.Database));
            builder.Services.AddSingleton(provider => new IndexSamples(
                provider.Database, provider.GetRequiredService<Instruments>(), provider.GetRequiredService<Partitions>()));
            builder.Services.AddSingleton(provider => new BarRows(provider.Database, provider.GetRequiredService<Partitions>()));
        }

        /// <summary>What is asked of the stored bars, how they are made whole, and what is imported; it needs the store.</summary>
        public void AddMarketHistory()
        {
            builder.AddHealing();
            builder.Services.AddSingleton(provider => new SeriesDefinition(
                VolumeSource.Series, MergeLaw.Sum, Lateness: TimeSpan.FromMinutes(2), new VolumeSource(provider.Database)));
            builder.Services.AddSingleton(provider => new SeriesDescription(
                VolumeSource.Series, "What traded, in base units; a bin is venue/market, or an asset on all its spot markets.",
                Every.Hour.Length, provider.GetRequiredService<IOptions<RetentionOptions>>().Value.HourlySamples));
            builder.Services.AddSingleton(provider => new SeriesDescription(
                BarHealer.Minutes, "Bars of a minute, told by /v1/markets/{market}/bars and no samples; a bin is venue/market.",
                BarLevel.Minute.Length, provider.GetRequiredService<IOptions<RetentionOptions>>().Value.Minutes));
            builder.Services.AddSingleton<BarCatchUp>();
            builder.Services.AddSingleton<UnwrittenBars>();
            builder.Services.AddSingleton<BarHistory>();
            builder.Services.AddSingleton(provider => new Restatements(provider.Database));
            builder.Services.AddSingleton<ISeriesHealer, BarHealer>();
            builder.Services.AddSingleton<BarGaps>();
            builder.Services.AddSingleton<IMarketTap>(provider => provider.GetRequiredService<BarGaps>());
            builder.Services.AddHostedService(provider => provider.GetRequiredService<BarGaps>());
            builder.Services.AddOptions<RetentionOptions>()
                .Bind(builder.Configuration.GetSection(RetentionOptions.Section))
                .ValidateDataAnnotations()
                .ValidateOnStart();
            builder.Services.AddSingleton(provider => new MarketRetention(
                provider.Database, provider.GetRequiredService<Partitions>(), provider.GetRequiredService<IOptions<RetentionOptions>>(),
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<MarketRetention>>()));
            builder.Services.AddHostedService(provider => provider.GetRequiredService<MarketRetention>());
            builder.Services.AddSingleton<RecordRows>();
            builder.Services.AddSingleton(provider => new Importer(
                provider.Database, provider.GetRequiredService<RecordRows>(), provider.GetRequiredService<TimeProvider>()));
        }
    }
}
