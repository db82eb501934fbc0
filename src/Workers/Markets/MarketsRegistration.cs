using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Platform.Workers.Markets.Venues.Binance;

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
            builder.Services.AddSingleton<RequestBudget>();
            builder.Services.TryAddSingleton(Random.Shared);
            builder.Services.AddSingleton<BinanceAccess>();
            builder.Services.AddSingleton<BinanceRest>();
            builder.Services.AddSingleton<BinanceUserStream>();
            builder.Services.AddSingleton<BinanceMarketStream>();
            builder.Services.AddSingleton<MarketCatalog>();
            builder.Services.AddSingleton<MarketBoard>();
            builder.Services.AddSingleton<MarketVenues>();
            builder.Services.AddSingleton<CandleHistory>();
            builder.Services.AddSingleton<MarketFeed>();
            builder.Services.AddHostedService(services => services.GetRequiredService<MarketCatalog>());
            builder.Services.AddHostedService(services => services.GetRequiredService<MarketFeed>());
            builder.Services.AddHttpClient(BinanceTransport.ClientName)
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

        /// <summary>Whose account it is at the venue: the vault knows.</summary>
        public void AddVenueCredentials() => builder.Services.AddHostedService<VenueCredentialKeeper>();
    }
}
