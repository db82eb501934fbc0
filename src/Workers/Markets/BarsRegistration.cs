using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Projections.Markets;
using Platform.Projections.Snapshots;
using Platform.Workers.Markets.Import;
using Platform.Workers.Snapshots;

namespace Platform.Workers.Markets;

internal static class BarsRegistration
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>What is stored of the markets: bars, and what is imported.</summary>
        public void AddBars()
        {
            builder.AddSnapshots();
            builder.Services.AddSingleton(provider => new Instruments(provider.Database));
            builder.Services.AddSingleton(provider => new BarRows(provider.Database, provider.GetRequiredService<Partitions>()));
            builder.Services.AddSingleton<RecordRows>();
            builder.Services.AddSingleton(provider => new Importer(
                provider.Database, provider.GetRequiredService<RecordRows>(), provider.GetRequiredService<TimeProvider>()));
        }
    }
}
