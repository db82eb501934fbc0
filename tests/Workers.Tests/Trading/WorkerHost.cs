using JasperFx.Resources;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Tests.Markets;
using Platform.Workers.Trading;
using Wolverine;

namespace Platform.Workers.Tests.Trading;

/// <summary>All workers of the platform on a database of their own and one pool, without the web in front of them.</summary>
public sealed class WorkerHost : IAsyncDisposable
{
    public static readonly Symbol Market = Symbol.From("BTC-USDT");
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly VenueId Venue = VenueId.From("paper");
    private static readonly DateTimeOffset Acquired = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("workers-").FullName;
    private readonly Dictionary<string, string?> settings;
    private IHost host;

    private WorkerHost(Dictionary<string, string?> settings)
    {
        settings["Platform:KeyFolder"] = Path.Combine(folder, "keys");
        KeyEncryptionKey.MakeIn(settings["Platform:KeyFolder"]!);
        this.settings = settings;
        host = Build();
    }

    public PoolId Pool { get; } = PoolId.From(Guid.CreateVersion7());

    public AccountId Account => AccountId.For(Pool, Venue);

    public IServiceProvider Services => host.Services;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="more">Settings over the usual ones.</param>
    public static async Task<WorkerHost> StartAsync(PaperVenueProcess venue, params (string Name, string Value)[] more)
    {
        var told = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Platform:Postgres"] = await TestDatabase.CreateAsync("workers"),
            ["Platform:Venue:RestUrl"] = venue.Address.ToString(),
            ["Platform:Venue:StreamUrl"] = new UriBuilder(venue.Address) { Scheme = "ws" }.Uri.ToString(),
            ["Platform:Venue:KeyFile"] = venue.KeyFile,
            ["Platform:Venue:CallTimeout"] = "00:00:01.5",
            ["Platform:Trading:ReconcileEvery"] = "00:00:00.5",
        };
        foreach (var (name, value) in more)
            told[name] = value;

        var workers = new WorkerHost(told);
        await workers.RunAsync();
        await workers.OpenPoolAsync();
        return workers;
    }

    /// <summary>What the database and the venue keep is all that the next host knows.</summary>
    public async Task RestartAsync()
    {
        await host.StopAsync(Cancel);
        await ((IAsyncDisposable)host).DisposeAsync();
        host = Build();
        await RunAsync();
    }

    public Task<Answer> SendAsync(object command) => SendAsync<Answer>((bus, stop) => bus.InvokeForTenantAsync<Answer>(Pool.Tenant, command, stop));

    /// <summary>Handles a message here and now, as the bus would.</summary>
    public Task HandleAsync(object message) => SendAsync<object?>(async (bus, stop) =>
    {
        await bus.InvokeForTenantAsync(Pool.Tenant, message, stop);
        return null;
    });

    /// <summary>A market order for so many USDT.</summary>
    public Task<OrderId> BuyAsync(decimal quote) => PlaceAsync(
        new(Market, Side.Buy, OrderType.Market, TimeInForce.ImmediateOrCancel, null, Notional.From(quote), null));

    /// <summary>A limit order far below the market.</summary>
    public Task<OrderId> RestAsync() => PlaceAsync(Resting());

    public async Task<OrderId> PlaceAsync(OrderTerms terms)
    {
        var (order, refusal) = await TryPlaceAsync(terms);
        Assert.Null(refusal);
        return order;
    }

    public async Task<(OrderId Order, Refusal? Refusal)> TryPlaceAsync(OrderTerms terms)
    {
        var command = new PlaceOrder(Pool, Venue, EnsureKey.From(Guid.CreateVersion7().ToString()), terms);
        return (command.OrderId, (await SendAsync(command)).Refusal);
    }

    /// <summary>A limit order far below the market, as it may be placed.</summary>
    public OrderTerms Resting()
    {
        var last = Services.GetRequiredService<MarketBoard>().Quote(Market)!.Ask!.Value.Value;
        return new(
            Market, Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancel, Quantity.From(0.001m), null, Price.From(decimal.Floor(last * 0.8m)));
    }

    public async Task<IReadOnlyList<OrderEvent>> EventsAsync(OrderId order)
    {
        await using var session = Services.GetRequiredService<IDocumentStore>().QuerySession(Pool.Tenant);
        return [.. (await session.Events.FetchStreamAsync(order.Value, token: Cancel)).Select(happened => (OrderEvent)happened.Data)];
    }

    public async Task<Account> LedgerAsync()
    {
        await using var session = Services.GetRequiredService<IDocumentStore>().QuerySession(Pool.Tenant);
        return (await session.LoadAsync<Account>(Account, Cancel))!;
    }

    /// <summary>The order's facts as soon as they fold to what is waited for.</summary>
    public Task<IReadOnlyList<OrderEvent>> WhenAsync(OrderId order, string what, Func<Order, bool> isSo) =>
        Eventually.AnswersAsync(what, Patience, async _ =>
        {
            var events = await EventsAsync(order);
            return events.Aggregate(default(Order), Order.Evolve) is { } state && isSo(state) ? events : null;
        }, Cancel);

    /// <summary>The order as the venue has it; it can have only one by that name.</summary>
    public async Task<BinanceOrder> AtVenueAsync(OrderId order) => Assert.IsType<VenueAnswer<BinanceOrder>.Answered>(
        await MarketsHost.Rest(Services).QueryOrderAsync(Market, ClientOrderId.For(order).Value, Cancel)).Value;

    /// <summary>All that the account ever traded at the venue: what nobody ordered, or ordered twice, would be among it.</summary>
    public async Task<IReadOnlyList<BinanceTrade>> VenueTradesAsync() => Assert.IsType<VenueAnswer<IReadOnlyList<BinanceTrade>>.Answered>(
        await MarketsHost.Rest(Services).MyTradesAsync(Market, fromId: null, Cancel)).Value;

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
        Directory.Delete(folder, recursive: true);
        await TestDatabase.DropAsync(settings["Platform:Postgres"]!);
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.AddPlatformWorkers();
        builder.UseWolverine(options =>
        {
            options.ApplicationAssembly = typeof(PlatformHandlers).Assembly;
            options.UsePlatformBus(builder.Configuration);
        });
        builder.Services.AddResourceSetupOnStartup();
        // Shorter than anybody may set it: the venue is next door, and tests wait for it.
        builder.Services.AddSingleton(services =>
        {
            var trading = services.GetRequiredService<IOptionsFactory<TradingOptions>>().Create(Options.DefaultName);
            trading.ReceiveWindow = TimeSpan.FromSeconds(3);
            return Options.Create(trading);
        });
        return builder.Build();
    }

    private async Task RunAsync()
    {
        await host.StartAsync(Cancel);
        var (board, catalog) = (Services.GetRequiredService<MarketBoard>(), Services.GetRequiredService<MarketCatalog>());
        await Eventually.IsTrueAsync(
            "the market has a price", Patience + Patience, _ => Task.FromResult(catalog.IsReady && board.Quote(Market) is not null), Cancel);
    }

    private async Task OpenPoolAsync()
    {
        var usdt = Asset.From("USDT");
        await HandleAsync(new OpenAccount(Pool, Venue, usdt, LotMethod.Fifo, FeePolicy.Capitalized, [
            new(new(50_000, usdt), 1, Acquired), new(new(0.5m, Asset.From("BTC")), 40_000, Acquired)]));
    }

    private async Task<T> SendAsync<T>(Func<IMessageBus, CancellationToken, Task<T>> send)
    {
        await using var scope = Services.CreateAsyncScope();
        return await send(scope.ServiceProvider.GetRequiredService<IMessageBus>(), Cancel);
    }
}
