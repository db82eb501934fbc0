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
            builder.Services.AddFetcher<BinanceFunding>();
            builder.Services.AddFetcher<BybitFunding>();
            builder.Services.AddFetcher<BinanceOpenInterest>();
            builder.Services.AddAccountFetchers((source, account) => new AccountBalances(source, account));
            builder.Services.AddAccountFetchers((source, account) => new AccountTransfers(source, account));
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
            builder.Services.AddSingleton(services =>
                new FetchedFacts(services.GetRequiredService<IDocumentStore>().Storage.Database.Connections));
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

        /// <summary>One for each venue at which the platform can ask after its account.</summary>
        public IServiceCollection AddAccountFetchers(Func<VenueSource, IVenueAccount, IFetcher> make) => services.AddFetchers(provider =>
            from source in provider.GetRequiredService<VenueSources>().All
            let account = source.Parts.Account
            where account is not null
            select make(source, account));

        /// <summary>One for each venue that tells what moved the account's balances.</summary>
        public IServiceCollection AddLedgerFetchers(Func<VenueSource, IVenueLedger, IFetcher> make) => services.AddFetchers(provider =>
            from source in provider.GetRequiredService<VenueSources>().All
            let ledger = source.Parts.Ledger
            where ledger is not null
            select make(source, ledger));

        /// <summary>One for each venue from which the platform can withdraw.</summary>
        public IServiceCollection AddWithdrawalFetchers(Func<VenueSource, IVenueWithdrawals, IFetcher> make) => services.AddFetchers(provider =>
            from source in provider.GetRequiredService<VenueSources>().All
            let withdrawals = source.Parts.Withdrawals
            where withdrawals is not null
            select make(source, withdrawals));

        /// <summary>One for each chain of which a node is configured.</summary>
        public IServiceCollection AddChainFetchers(Func<EvmNode, IFetcher> make) => services.AddFetchers(provider =>
            provider.GetRequiredService<IOptions<FetchingOptions>>().Value.Chains
                .Select(node => make(new EvmNode(provider.GetRequiredService<FetchClient>(), node))));

        /// <summary>Fetchers that differ by source alone.</summary>
        public IServiceCollection AddFetchers(Func<IServiceProvider, IEnumerable<IFetcher>> make) =>
            services.AddSingleton(provider => new FetcherGroup([.. make(provider)]));
    }
}
