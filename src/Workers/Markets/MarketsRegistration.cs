using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Markets.History;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Budgets;

namespace Platform.Workers.Markets;

public static class MarketsRegistration
{
    // exchangeInfo of the real venue is about 15 MB.
    private const int AnswerMax = 64 * 1024 * 1024;

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>The venue's connector, its catalog of markets, and the feed of what happens on them.</summary>
        public IHostApplicationBuilder AddMarkets()
        {
            builder.Services.AddOptions<VenueOptions>()
                .Bind(builder.Configuration.GetSection(VenueOptions.Section))
                .ValidateDataAnnotations()
                .ValidateOnStart();
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.AddOptions<VenueBudgetOptions>()
                .Bind(builder.Configuration.GetSection(VenueBudgetOptions.Section))
                .ValidateDataAnnotations()
                .ValidateOnStart();
            builder.Services.AddSingleton<KillSwitches>();
            builder.Services.TryAddSingleton(Random.Shared);
            builder.Services.AddSingleton<VenueBudgets>();
            builder.Services.AddSingleton(services => new ConnectedVenues(
                services.GetRequiredService<IOptions<VenueOptions>>(), services.GetRequiredService<IConfiguration>(),
                services.GetRequiredService<IHttpClientFactory>(), services.GetRequiredService<VenueBudgets>(),
                services.GetRequiredService<KillSwitches>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<Random>()));
            builder.Services.AddSingleton(services => services.GetRequiredService<ConnectedVenues>().Home.Access);
            builder.Services.AddSingleton<ConflatingQueue<Suspicion>>();
            builder.Services.AddSingleton<MarketCatalog>();
            builder.Services.AddSingleton<MarketBoard>();
            builder.AddBars();
            builder.AddAggregation();
            builder.Services.AddSingleton<MarketVenues>();
            builder.Services.AddSingleton<MarketFeed>();
            builder.Services.AddHostedService(services => services.GetRequiredService<MarketCatalog>());
            builder.Services.AddHostedService(services => services.GetRequiredService<MarketFeed>());
            builder.Services.AddHttpClient(VenueTransport.ClientName)
                .ConfigureHttpClient(client =>
                {
                    client.Timeout = Timeout.InfiniteTimeSpan;
                    client.MaxResponseContentBufferSize = AnswerMax;
                })
                .UseSocketsHttpHandler((handler, _) =>
                {
                    // A redirect would carry the signature elsewhere.
                    handler.AllowAutoRedirect = false;
                    handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                    handler.ConnectTimeout = TimeSpan.FromSeconds(3);
                })
                .RemoveAllLoggers();
            return builder;
        }

        /// <summary>What people decide about venues, and what venues list through time: the store knows.</summary>
        public void AddVenueRegistry()
        {
            builder.Services.AddSingleton<VenueDecisions>();
            builder.Services.AddSingleton<KillSwitchFollower>();
            builder.Services.AddHostedService(services => services.GetRequiredService<KillSwitchFollower>());
            builder.Services.AddHostedService<ListingKeeper>();
        }

        /// <summary>Whose accounts they are at the venues: the vault knows.</summary>
        public void AddVenueCredentials() => builder.Services.AddHostedService<VenueCredentialKeeper>();

        /// <summary>What venues allow is shared with all processes on the store.</summary>
        public void ShareVenueBudgets() => builder.Services.AddSingleton<BudgetTable>();
    }
}
