using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
            builder.Services.AddSingleton(provider => new BarRows(provider.Database, provider.GetRequiredService<Partitions>()));
        }

        /// <summary>What is asked of the stored bars, how they are made whole, and what is imported; it needs the store.</summary>
        public void AddMarketHistory()
        {
            builder.AddHealing();
            builder.Services.AddSingleton(provider => new SeriesDefinition(
                VolumeSource.Series, MergeLaw.Sum, Lateness: TimeSpan.FromMinutes(2), new VolumeSource(provider.Database)));
            builder.Services.AddSingleton<BarCatchUp>();
            builder.Services.AddSingleton<BarHistory>();
            builder.Services.AddSingleton<ISeriesHealer, BarHealer>();
            builder.Services.AddSingleton<BarGaps>();
            builder.Services.AddSingleton<IMarketTap>(provider => provider.GetRequiredService<BarGaps>());
            builder.Services.AddHostedService(provider => provider.GetRequiredService<BarGaps>());
            builder.Services.AddSingleton<RecordRows>();
            builder.Services.AddSingleton(provider => new Importer(
                provider.Database, provider.GetRequiredService<RecordRows>(), provider.GetRequiredService<TimeProvider>()));
        }
    }
}
