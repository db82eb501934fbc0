using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Platform.Projections;
using Platform.Projections.Snapshots;

namespace Platform.Workers.Snapshots;

public static class SnapshotsRegistration
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Series of samples; each room defines its own.</summary>
        public void AddSnapshots()
        {
            builder.Services.AddSingleton(provider => new Partitions(provider.Database));
            builder.Services.AddSingleton(provider => new SampleRows(provider.Database, provider.GetRequiredService<Partitions>()));
            builder.Services.AddSingleton(provider => new GapRows(provider.Database));
            builder.Services.AddSingleton<SeriesHistory>();
            builder.Services.AddSingleton<SeriesCatalog>();
        }

        /// <summary>All series are sampled and their gaps asked for; each room registers its series, and who asks.</summary>
        public void AddHealing()
        {
            builder.Services.AddSingleton<GapHealing>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<GapHealing>());
            builder.Services.AddSingleton<SeriesSampling>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<SeriesSampling>());
        }
    }

    extension(IServiceProvider provider)
    {
        /// <summary>The store's own connections, for what is rows and no documents.</summary>
        public NpgsqlDataSource Database => provider.GetRequiredService<IDocumentStore>().Storage.Database.Connections;
    }
}
