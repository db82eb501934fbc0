using JasperFx.Events.Daemon;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Platform.Domain.Markets.Fetching;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Fetching;
using Platform.Workers.Secrets;

namespace Platform.Workers.Tests.Markets.Fetching;

/// <summary>One for the tests of a class, which follow each other.</summary>
public sealed class FleetDatabase : IAsyncLifetime
{
    public string Connection { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Connection = await TestDatabase.CreateAsync("fleet");
        using var store = DocumentStore.For(options => options.UsePlatform(Connection));
        await PlatformSchema.ApplyAsync(store, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync() => await TestDatabase.DropAsync(Connection);
}

/// <summary>The fleets of as many nodes as a test wants, on tables that are empty; what is due runs when the test says so.</summary>
internal sealed class FleetStand : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("fleet-").FullName;
    private readonly List<IHost> nodes = [];
    private readonly string connection;

    private FleetStand(string connection) => this.connection = connection;

    public FakeTimeProvider Time { get; } = new(Start);

    public LinesOfLog Log { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<FleetStand> RaiseAsync(FleetDatabase database)
    {
        var stand = new FleetStand(database.Connection);
        KeyEncryptionKey.MakeIn(stand.folder);
        await stand.ExecuteAsync(
            """
            truncate platform.fetcher, platform.fetched_raw, platform.fetched_fact, platform.fetch_budget, platform.mt_events, platform.mt_streams,
                platform.mt_doc_wrappedkey, platform.mt_doc_secretenvelope cascade
            """);
        return stand;
    }

    /// <summary>A process: only what is in the database is shared with the others.</summary>
    public Node NewNode(Action<IHostApplicationBuilder> add, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.Services.AddPlatformStore(connection);
        builder.Services.ConfigureMarten(options => options.Projections.AsyncMode = DaemonMode.ExternallyManaged);
        builder.AddSecrets(folder);
        add(builder);
        nodes.Add(builder.Build());
        return new(nodes[^1].Services);
    }

    /// <summary>A node that has the river's fetcher and no other.</summary>
    public Node NewRiverNode(LoopbackVenue gauge, params (string Name, string Value)[] settings) => NewNode(
        builder =>
        {
            builder.AddMarkets();
            builder.AddFleet();
            builder.Services.AddFetcher<RiverLevels>();
        },
        [("Platform:Fetchers:Run:0", "*"), ("Platform:Fetchers:Sources:gauge", gauge.Address.ToString()), .. settings]);

    public async Task<long> CountAsync(string table, FetcherId fetcher)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand($"select count(*) from platform.{table} where fetcher = $1");
        command.Parameters.AddWithValue(fetcher.Value);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await ((IAsyncDisposable)node).DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    public sealed class Node(IServiceProvider services)
    {
        public IServiceProvider Services => services;

        public FetcherFleet Fleet => Of<FetcherFleet>();

        public T Of<T>() where T : notnull => services.GetRequiredService<T>();

        public Task RunDueAsync() => Fleet.RunDueAsync(Cancel);

        /// <summary>Runs one fetcher, which is free.</summary>
        public async Task<FetchOutcome> RunAsync(FetcherId id) => Assert.Single(
            await Fleet.RunNowAsync([Of<FetcherCatalog>().All.Single(fetcher => fetcher.Terms.Id == id)], Cancel)).Outcome!;

        public async Task<FetcherReport> ReportAsync(FetcherId id) =>
            (await Of<FetcherReports>().AllAsync(Cancel)).Single(report => report.Terms.Id == id);

        /// <summary>What is known of all value dates, those without a date included.</summary>
        public async Task<IReadOnlyList<Fact>> KnownAsync(FetcherId id, string? subject = null, DateTimeOffset? at = null)
        {
            List<Fact> facts = [];
            await foreach (var fact in Of<FetchedFacts>().KnownAsync(
                id, subject, Fact.Standing, DateTimeOffset.MaxValue, at ?? DateTimeOffset.MaxValue, Cancel))
                facts.Add(fact);
            return facts;
        }

        /// <summary>Seals the key of a source.</summary>
        public async Task SealKeyAsync(string source, string key)
        {
            Assert.Equal(VaultState.Unsealed, await Of<VaultSeal>().RefreshAsync(Cancel));
            var (vault, address) = (Of<SecretVault>(), FetchKeys.AddressOf(source));
            await using var session = vault.SessionOf(address);
            using var value = SecretBytes.CopyOf(System.Text.Encoding.UTF8.GetBytes(key));
            await vault.SealAsync(session, address, value, Cancel);
            await session.SaveChangesAsync(Cancel);
        }
    }
}

/// <summary>Everything that was logged, at any level.</summary>
internal sealed class LinesOfLog : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();

    public string All => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{formatter(state, exception)} {exception}");

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Dispose()
    {
        // Nothing is held.
    }
}
