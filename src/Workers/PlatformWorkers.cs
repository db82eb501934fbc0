using JasperFx.Events.Daemon;
using JasperFx.Resources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Platform.Projections;
using Platform.Workers.Audit;
using Platform.Workers.Idempotency;
using Platform.Workers.Identity;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Markets.Fetching;
using Platform.Workers.Markets.Heatmap;
using Platform.Workers.Markets.History;
using Platform.Workers.Pools;
using Platform.Workers.Secrets;
using Platform.Workers.Trading;
using Wolverine;
using Wolverine.Marten;

namespace Platform.Workers;

/// <summary>Everything that acts: the store, the bus, and what runs on them.</summary>
public static class PlatformWorkers
{
    private const string KeyFolder = "Platform:KeyFolder";

    // Nothing listens there: commands that need no store, such as code generation, run without one being configured.
    private const string NoStore = "Host=127.0.0.1;Port=1;Database=none;Timeout=1";

    // Shorter than the host's own limit, so that what is under way ends before the process does.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    extension(IHostApplicationBuilder builder)
    {
        public IHostApplicationBuilder AddPlatformWorkers()
        {
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.TryAddSingleton(Random.Shared);
            var isSolo = builder.Configuration.BusMode is DurabilityMode.Solo;
            var store = builder.Services
                .AddPlatformStore(builder.Configuration["Platform:Postgres"] is { Length: > 0 } connection ? connection : NoStore)
                .IntegrateWithWolverine(marten =>
                {
                    marten.MessageStorageSchemaName = "wolverine";
                    marten.UseWolverineManagedEventSubscriptionDistribution = !isSolo;
                });
            // Tables first, then the guards on them, then whatever reads and writes.
            builder.Services.AddResourceSetupOnStartup();
            builder.Services.AddHostedService<StoreGuards>();
            // The bus spreads the projections over its nodes, but starts none again that an outage has paused. A single
            // node leaves them to the store, which does.
            if (isSolo)
                store.AddAsyncDaemon(DaemonMode.Solo);
            builder.AddSecrets(builder.KeyFolderPath);
            builder.AddVenueCredentials();
            builder.Services.AddSingleton<IdempotencyRecords>();
            builder.Services.AddHostedService<IdempotencyEviction>();
            builder.AddColdPath(Path.Combine(builder.KeyFolderPath, "journal"));
            builder.AddVenueRegistry();
            builder.AddMarkets();
            builder.AddMarketHistory();
            builder.ShareVenueBudgets();
            builder.AddFetching();
            builder.AddHeatmap();
            builder.AddTradingWorkers();
            builder.Services.AddIdentity(builder.Configuration, builder.KeyFolderPath);
            builder.Services.AddUsers(builder.Configuration, builder.KeyFolderPath);
            builder.Services.AddSingleton<PoolClosing>();
            builder.AddDemo();
            builder.Services.AddAudit(builder.KeyFolderPath);
            return builder;
        }

        /// <summary>Where the keys of this node are.</summary>
        public string KeyFolderPath =>
            builder.Configuration[KeyFolder] ?? Path.Combine(builder.Environment.ContentRootPath, ".data", "keys");

        private void AddDemo()
        {
            builder.Services.AddOptions<DemoOptions>().Bind(builder.Configuration.GetSection(DemoOptions.Section));
            builder.Services.AddSingleton<DemoPool>();
            builder.Services.AddHostedService(services => services.GetRequiredService<DemoPool>());
        }
    }

    extension(IConfiguration configuration)
    {
        private DurabilityMode BusMode => configuration.GetValue("Platform:DurabilityMode", DurabilityMode.Solo);
    }

    extension(WolverineOptions options)
    {
        /// <summary>The bus of a single node; several take its mode from the configuration.</summary>
        public void UsePlatformBus(IConfiguration configuration)
        {
            options.ServiceName = "platform";
            options.Durability.Mode = configuration.BusMode;
            // The accuracy of delays, and how soon the messages of a killed node are taken up again.
            options.Durability.ScheduledJobPollingTime = TimeSpan.FromMilliseconds(500);
            options.Durability.DrainTimeout = Drain;
            options.AddPlatformHandlers();
        }
    }
}
