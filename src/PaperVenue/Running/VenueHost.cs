using System.Net;
using Platform.PaperVenue.Liquidity;
using Platform.PaperVenue.Markets;
using Platform.PaperVenue.Matching;
using Platform.PaperVenue.Persistence;
using Platform.PaperVenue.Protocol;
using Platform.PaperVenue.Streams;

namespace Platform.PaperVenue.Running;

/// <summary>Puts a venue together: from the store and the options to a server that is ready to start.</summary>
public static class VenueHost
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromMilliseconds(1_500);

    public static WebApplication Build(VenueOptions options, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 2_000;
            kestrel.Listen(IPAddress.Parse(options.Host), options.Port);
        });

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var houseMarkets = HouseMarket.Listed(options.Seed);
        var store = VenueFolder.Open(options.Folder, houseMarkets.Select(market => market.Instrument));
        AddVenue(builder.Services, store, houseMarkets, now);
        AddProtocol(builder.Services, store, options);
        builder.Services.AddSingleton(clock);
        builder.Services.AddHostedService<StreamClock>();
        var flows = houseMarkets.Select(market => new SyntheticFlow(market, options.Seed)).ToList();
        builder.Services.AddHostedService(services => new House(services.GetRequiredService<Venue>(), flows, clock));

        var app = builder.Build();
        Endpoints.Map(app);
        return app;
    }

    private static void AddVenue(
        IServiceCollection services, VenueStore store, IReadOnlyList<HouseMarket> houseMarkets, long now)
    {
        var instruments = houseMarkets.ToDictionary(
            market => market.Instrument.Symbol, market => market.Instrument, StringComparer.Ordinal);
        var sequences = new Sequences(store.SequenceCeilings());
        var engine = new MatchingEngine(instruments.Values, Opened(store, instruments.Values), sequences, CommissionRates.Demo);
        var views = houseMarkets.ToDictionary(
            market => market.Instrument.Symbol, market => new MarketView(market.Instrument), StringComparer.Ordinal);
        foreach (var market in houseMarkets)
        {
            Past.Fill(views[market.Instrument.Symbol], market, now);
            engine.StartAt(market.Instrument.Symbol, views[market.Instrument.Symbol].LastPrice);
        }
        foreach (var order in store.OpenOrders(instruments))
            views[order.Symbol].Apply(engine.Restore(order));

        services.AddSingleton(store);
        services.AddSingleton(engine);
        services.AddSingleton(sequences);
        services.AddSingleton(new MarketViews(views));
        services.AddSingleton(new MarketLookup(instruments));
        services.AddSingleton(new History(store, instruments));
        services.AddSingleton<StreamHub>();
        services.AddSingleton<UserStreams>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<Venue>();
        services.AddHostedService(provider => provider.GetRequiredService<Venue>());
    }

    private static void AddProtocol(IServiceCollection services, VenueStore store, VenueOptions options)
    {
        services.AddSingleton(options.Faults);
        services.AddSingleton(new WeightLimit(options.WeightLimit));
        services.AddSingleton(new Signatures(store.Keys()));
        services.AddSingleton<Gate>();
        services.AddSingleton<GeneralOperations>();
        services.AddSingleton<MarketOperations>();
        services.AddSingleton<OrderOperations>();
        services.AddSingleton<AccountOperations>();
        services.AddSingleton<OperationList>();
        services.AddSingleton<RestSurface>();
        services.AddSingleton<MarketStreams>();
    }

    /// <summary>The users' balances as stored, and the house's stock of everything.</summary>
    private static Ledger Opened(VenueStore store, IEnumerable<Instrument> instruments)
    {
        var ledger = new Ledger();
        foreach (var held in store.Balances())
            ledger.Set(held.AccountId, held.Asset, held.Balance);
        foreach (var asset in instruments.SelectMany(each => (string[])[each.BaseAsset, each.QuoteAsset]).Distinct())
        {
            ledger.Set(Accounts.HouseMaker, asset, new(Accounts.HouseStock, 0));
            ledger.Set(Accounts.HouseTaker, asset, new(Accounts.HouseStock, 0));
        }
        return ledger;
    }
}
