using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Workers.Markets.Fetching.Accounts;
using Platform.Workers.Markets.Fetching.Chains;
using Platform.Workers.Markets.Fetching.Economy;
using Platform.Workers.Markets.Fetching.Exchanges;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching;

public static class FetchingRegistration
{
    // All pools of an aggregator are some tens of MB.
    private const int AnswerMax = 64 * 1024 * 1024;

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>The fleet, and every fetcher: a line each.</summary>
        public IHostApplicationBuilder AddFetching()
        {
            builder.AddFleet();
            builder.Services.AddVenueFetchers(source => new InstrumentRules(source));
            builder.Services.AddVenueFetchers(source => new DayTickers(source));
            builder.Services.AddVenueFetchers(source => new BestQuotes(source));
            builder.Services.AddVenueFetchers(source => new DepthSnapshots(source));
            builder.Services.AddVenueFetchers(source => new PublicTrades(source));
            builder.Services.AddVenueFetchers(source => new MinuteBars(source));
            builder.Services.AddVenueFetchers(source => new VenueConditions(source));
            builder.Services.AddDerivativeFetchers((source, derivatives) => new DerivativeFundings(source, derivatives));
            builder.Services.AddDerivativeFetchers((source, derivatives) => new DerivativeStates(source, derivatives));
            builder.Services.AddAccountFetchers((source, account) => new AccountBalances(source, account));
            builder.Services.AddAccountFetchers((source, account) => new AccountTransfers(source, account));
            builder.Services.AddPositionFetchers((source, positions) => new AccountPositions(source, positions));
            builder.Services.AddPositionFetchers((source, positions) => new AccountFills(source, positions));
            builder.Services.AddMarginFetchers((source, margin) => new AccountMargin(source, margin));
            builder.Services.AddMarginFetchers((source, margin) => new MarginTerms(source, margin));
            builder.Services.AddLedgerFetchers((source, ledger) => new AccountMovements(source, ledger));
            builder.Services.AddWithdrawalFetchers((source, withdrawals) => new WithdrawalAddresses(source, withdrawals));
            builder.Services.AddWithdrawalFetchers((source, withdrawals) => new NetworkFees(source, withdrawals));
            builder.Services.AddChainFetchers(node => new GasPrices(node));
            builder.Services.AddChainFetchers(node => new PoolPrices(node));
            builder.Services.AddFetcher<LlamaPrices>();
            builder.Services.AddChainFetchers(node => new TokenContracts(node));
            builder.Services.AddChainFetchers(node => new WalletBalances(node));
            builder.Services.AddChainFetchers(node => new PoolSwaps(node));
            builder.Services.AddFetcher<RouteQuotes>();
            builder.Services.AddChainFetchers(node => new ChainHeads(node));
            builder.Services.AddFetcher<DefiLlamaValues>();
            builder.Services.AddFetchers(services => PolicyRates.All(services.GetRequiredService<FetchClient>()));
            builder.Services.AddFetchers(services => Inflation.All(services.GetRequiredService<FetchClient>()));
            builder.Services.AddFetchers(services => Bonds.All(services.GetRequiredService<FetchClient>()));
            builder.Services.AddFetchers(services => MoneySupply.All(services.GetRequiredService<FetchClient>()));
            return builder;
        }

        /// <summary>The fleet without fetchers.</summary>
        public void AddFleet()
        {
            builder.Services.AddOptions<FetchingOptions>()
                .Bind(builder.Configuration.GetSection(FetchingOptions.Section))
                .ValidateDataAnnotations()
                .ValidateOnStart();
            builder.Services.TryAddSingleton(TimeProvider.System);
            builder.Services.TryAddSingleton(Random.Shared);
            builder.Services.AddSingleton<FetchKeys>();
            builder.Services.AddSingleton<FetchClient>();
            builder.Services.AddSingleton<FetchBudgets>();
            builder.Services.AddSingleton<VenueSources>();
            builder.Services.AddSingleton<FetcherCatalog>();
            builder.Services.AddSingleton<FetcherTable>();
            builder.Services.AddSingleton<FactTable>();
            builder.Services.AddSingleton<FetchRun>();
            builder.Services.AddSingleton<FetchHistory>();
            builder.Services.AddSingleton<FetcherReports>();
            builder.Services.AddSingleton<AccountLooks>();
            builder.Services.AddSingleton(services =>
                new FetchedFacts(services.GetRequiredService<IDocumentStore>().Storage.Database.Connections));
            builder.Services.AddHostedService<PositionListener>();
            builder.Services.AddSingleton<FetcherFleet>();
            builder.Services.AddHostedService(services => services.GetRequiredService<FetcherFleet>());
            builder.Services.AddSingleton<FetchEviction>();
            builder.Services.AddHostedService(services => services.GetRequiredService<FetchEviction>());
            builder.Services.AddHttpClient(FetchClient.Name)
                .ConfigureHttpClient(client =>
                {
                    client.Timeout = Timeout.InfiniteTimeSpan;
                    client.MaxResponseContentBufferSize = AnswerMax;
                })
                .UseSocketsHttpHandler((handler, _) =>
                {
                    // A redirect would carry a key elsewhere.
                    handler.AllowAutoRedirect = false;
                    handler.AutomaticDecompression = System.Net.DecompressionMethods.All;
                    handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                    handler.ConnectTimeout = TimeSpan.FromSeconds(5);
                })
                .RemoveAllLoggers();
        }
    }

    extension(IServiceCollection services)
    {
        /// <summary>A fetcher of its own.</summary>
        public IServiceCollection AddFetcher<T>() where T : class, IFetcher => services
            .AddSingleton<T>().AddSingleton(provider => new FetcherGroup([provider.GetRequiredService<T>()]));

        /// <summary>One for each venue that the platform is connected to.</summary>
        public IServiceCollection AddVenueFetchers(Func<VenueSource, IFetcher> make) =>
            services.AddFetchers(provider => provider.GetRequiredService<VenueSources>().All.Select(make));

        /// <summary>One for each venue that has derivatives.</summary>
        public IServiceCollection AddDerivativeFetchers(Func<VenueSource, IVenueDerivatives, IFetcher> make) =>
            services.AddPartFetchers(parts => parts.Derivatives, make);

        /// <summary>One for each venue at which the platform can ask after its account.</summary>
        public IServiceCollection AddAccountFetchers(Func<VenueSource, IVenueAccount, IFetcher> make) =>
            services.AddPartFetchers(parts => parts.Account, make);

        /// <summary>One for each venue at which the account may hold derivatives.</summary>
        public IServiceCollection AddPositionFetchers(Func<VenueSource, IVenuePositions, IFetcher> make) =>
            services.AddPartFetchers(parts => parts.Positions, make);

        /// <summary>One for each venue at which the account may have borrowed.</summary>
        public IServiceCollection AddMarginFetchers(Func<VenueSource, IVenueMargin, IFetcher> make) =>
            services.AddPartFetchers(parts => parts.Margin, make);

        /// <summary>One for each venue that tells what moved the account's balances.</summary>
        public IServiceCollection AddLedgerFetchers(Func<VenueSource, IVenueLedger, IFetcher> make) =>
            services.AddPartFetchers(parts => parts.Ledger, make);

        /// <summary>One for each venue from which the platform can withdraw.</summary>
        public IServiceCollection AddWithdrawalFetchers(Func<VenueSource, IVenueWithdrawals, IFetcher> make) =>
            services.AddPartFetchers(parts => parts.Withdrawals, make);

        /// <summary>One for each venue whose connector has such a part.</summary>
        private IServiceCollection AddPartFetchers<TPart>(
            Func<VenueParts, TPart?> partOf, Func<VenueSource, TPart, IFetcher> make) where TPart : class =>
            services.AddFetchers(provider =>
                from source in provider.GetRequiredService<VenueSources>().All
                let part = partOf(source.Parts)
                where part is not null
                select make(source, part));

        /// <summary>One for each chain of which a node is configured.</summary>
        public IServiceCollection AddChainFetchers(Func<EvmNode, IFetcher> make) => services.AddFetchers(provider =>
            provider.GetRequiredService<IOptions<FetchingOptions>>().Value.Chains
                .Select(node => make(new EvmNode(provider.GetRequiredService<FetchClient>(), node))));

        /// <summary>Fetchers that differ by source alone.</summary>
        public IServiceCollection AddFetchers(Func<IServiceProvider, IEnumerable<IFetcher>> make) =>
            services.AddSingleton(provider => new FetcherGroup([.. make(provider)]));
    }
}
