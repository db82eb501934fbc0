using System.Net;
using Platform.PaperVenue.Liquidity;
using Platform.PaperVenue.Markets;
using Platform.PaperVenue.Matching;
using Platform.PaperVenue.Persistence;
using Platform.PaperVenue.Protocol;
using Platform.PaperVenue.Replay;
using Platform.PaperVenue.Streams;

namespace Platform.PaperVenue.Running;

/// <summary>Puts a venue together: from the store and the options to a server that is ready to start.</summary>
public static class VenueHost
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromMilliseconds(1_500);

    /// <exception cref="UnreadableRecordingException">The recording that the options name cannot be played.</exception>
    public static async Task<WebApplication> BuildAsync(VenueOptions options, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var plan = await MarketPlan.ForAsync(options, now);
        var store = VenueFolder.Open(options.Folder, plan.Instruments.Values);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // What keeps it from starting is said in one line by the program.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 2_000;
            kestrel.Listen(IPAddress.Parse(options.Host), options.Port);
        });
        builder.Services.AddSingleton(clock);
        AddVenue(builder.Services, store, plan, now);
        AddProtocol(builder.Services, store, options);
        AddLiquidity(builder.Services, plan, options);

        var app = builder.Build();
        Endpoints.Map(app);
        return app;
    }

    private static void AddVenue(IServiceCollection services, VenueStore store, MarketPlan plan, long now)
    {
        var sequences = new Sequences(store.SequenceCeilings());
        var engine = new MatchingEngine(
            plan.Instruments.Values, Opened(store, plan.Instruments.Values), sequences, CommissionRates.Demo);
        var views = plan.Instruments.ToDictionary(
            listed => listed.Key, listed => new MarketView(listed.Value), StringComparer.Ordinal);
        foreach (var market in plan.Markets)
        {
            Past.Fill(views[market.Instrument.Symbol], market, now);
            engine.StartAt(market.Instrument.Symbol, views[market.Instrument.Symbol].LastPrice);
        }
        foreach (var order in store.OpenOrders(plan.Instruments))
            views[order.Symbol].Apply(engine.Restore(order));

        services.AddSingleton(store);
        services.AddSingleton(engine);
        services.AddSingleton(sequences);
        services.AddSingleton(new MarketViews(views));
        services.AddSingleton(new MarketLookup(plan.Instruments));
        services.AddSingleton(new History(store, plan.Instruments));
        services.AddSingleton<StreamHub>();
        services.AddSingleton<UserStreams>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<Venue>();
        services.AddHostedService(provider => provider.GetRequiredService<Venue>());
        services.AddHostedService<StreamClock>();
    }

    private static void AddLiquidity(IServiceCollection services, MarketPlan plan, VenueOptions options)
    {
        services.AddSingleton<IReadOnlyList<SyntheticFlow>>(
            [.. plan.Invented.Select(market => new SyntheticFlow(market, options.Seed))]);
        services.AddHostedService<House>();
        if (plan is not { Replayed: { } replayed, Recording: { } recording })
            return;
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<Player>(
            provider, recording, new ReplayFlow(replayed, options.Seed), options.Speed));
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
        foreach (var asset in instruments.SelectMany(each => each.Assets).Distinct(StringComparer.Ordinal))
        {
            ledger.Set(Accounts.HouseMaker, asset, new(Accounts.HouseStock, 0));
            ledger.Set(Accounts.HouseTaker, asset, new(Accounts.HouseStock, 0));
        }
        return ledger;
    }
}
