using Marten;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Api.Identity;
using Platform.Api.Identity.ApiKeys;
using Platform.Domain.Identity;
using Platform.Projections;
using Platform.Projections.Trading;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Fetching;
using Platform.Workers.Pools;
using Platform.Workers.Secrets;
using Platform.Workers.Trading;

namespace Platform.Api.Operation;

/// <summary>PostgreSQL answers, has our schema, and the read models keep up with the events.</summary>
public sealed class StoreHealth(IDocumentStore store) : IHealthCheck
{
    // Some seconds of the fastest writing: past it readers see an old world.
    private const long LagMax = 5_000;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var session = store.QuerySession();
            var head = (await session.AdvancedSql.QueryAsync<long>(
                $"select coalesce(max(seq_id), 0) from {PlatformStore.Schema}.mt_events", cancellationToken))[0];
            var lag = head - await session.ProgressOfAsync(TradingStore.ReadModels, cancellationToken);
            var facts = new Dictionary<string, object>(StringComparer.Ordinal) { ["sequence"] = head, ["lag"] = lag };
            return lag <= LagMax
                ? HealthCheckResult.Healthy("The read models keep up.", facts)
                : HealthCheckResult.Unhealthy("The read models lag behind the events.", data: facts);
        }
        catch (Npgsql.NpgsqlException error)
        {
            return HealthCheckResult.Unhealthy(error is Npgsql.PostgresException { SqlState: "42P01" or "3F000" }
                ? "The schema is not there." : "PostgreSQL cannot be reached.");
        }
    }
}

/// <summary>Secrets can be had; without them the platform shows what it has, and trades nothing.</summary>
public sealed class VaultHealth(VaultSeal seal) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var facts = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["state"] = seal.State.ToString().ToLowerInvariant(), ["keyVersion"] = seal.KeyVersion,
        };
        // Why is for operators, in the log: anybody may ask here.
        return Task.FromResult(seal switch
        {
            { State: not VaultState.Unsealed } => HealthCheckResult.Degraded("What needs a secret has to wait.", data: facts),
            { Trouble: not null } => HealthCheckResult.Degraded("The vault is open, but would not open again.", data: facts),
            _ => HealthCheckResult.Healthy("Secrets can be had.", facts),
        });
    }
}

/// <summary>The venue is there, tells us what happens, and the demo is made where one is wanted.</summary>
public sealed class VenueHealth(
    MarketCatalog catalog, MarketFeed feed, UserStreamListener listener, DemoPool demo, VaultSeal seal) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((catalog.IsReady, feed.IsConnected, listener.IsConnected, demo.IsReady) switch
        {
            (false, _, _, _) => HealthCheckResult.Unhealthy("The venue has not been reached."),
            (_, false, false, _) => HealthCheckResult.Unhealthy("The venue is gone."),
            (_, true, false, _) when seal.State is not VaultState.Unsealed =>
                HealthCheckResult.Degraded("The account at the venue is out of reach: the vault is sealed."),
            (_, _, _, false) => HealthCheckResult.Unhealthy("The demo pool is being made."),
            (_, _, false, _) => HealthCheckResult.Degraded("The venue's user stream is down; orders are polled."),
            (_, false, _, _) => HealthCheckResult.Degraded("The venue's market stream is down; prices are old."),
            _ => HealthCheckResult.Healthy("The venue tells us what happens."),
        });
}

/// <summary>What is fetched from outside is not older than it may be. Old numbers hinder no order: the platform serves on.</summary>
public sealed class FetchersHealth(FetcherReports reports) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var running = (await reports.AllAsync(cancellationToken)).Where(report => report.State is not FetcherState.Off).ToList();
            var stale = running.Count(report => report.State is FetcherState.Stale);
            var facts = new Dictionary<string, object>(StringComparer.Ordinal) { ["running"] = running.Count, ["stale"] = stale };
            return stale == 0
                ? HealthCheckResult.Healthy("What is fetched is fresh.", facts)
                : HealthCheckResult.Degraded("Some of what is fetched is old.", data: facts);
        }
        catch (Npgsql.NpgsqlException)
        {
            return HealthCheckResult.Degraded("Nobody knows how old what is fetched is.");
        }
    }
}

public static class HealthRoutes
{
    extension(IServiceCollection services)
    {
        public void AddHealth() => services.AddHealthChecks()
            .AddCheck<StoreHealth>("store", tags: ["ready"])
            .AddCheck<IdentityHealth>("identity", tags: ["ready"])
            .AddCheck<VaultHealth>("vault", tags: ["ready"])
            .AddCheck<ApiKeyHealth>("keys", tags: ["ready"])
            .AddCheck<VenueHealth>("venue", tags: ["ready"])
            .AddCheck<FetchersHealth>("fetchers", tags: ["ready"]);
    }

    extension(IEndpointRouteBuilder app)
    {
        /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work.</summary>
        public void MapHealth()
        {
            app.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = WriteAsync })
                .Takes(HttpMethods.Get, HttpMethods.Head).Requires(OpenPermissions.ReadHealth).CountsAs(RateTier.Static);
            app.MapHealthChecks("/health/ready", new()
            {
                Predicate = check => check.Tags.Contains("ready"), ResponseWriter = WriteAsync,
            }).Takes(HttpMethods.Get, HttpMethods.Head).Requires(OpenPermissions.ReadHealth).CountsAs(RateTier.Static);
        }
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthAnswer(report.Status, report.Entries.ToDictionary(
            entry => entry.Key, entry => new HealthEntry(entry.Value.Status, entry.Value.Description, entry.Value.Data), StringComparer.Ordinal)),
        context.RequestAborted);

    private sealed record HealthAnswer(HealthStatus Status, IReadOnlyDictionary<string, HealthEntry> Checks);

    private sealed record HealthEntry(HealthStatus Status, string? Description, IReadOnlyDictionary<string, object> Facts);
}
