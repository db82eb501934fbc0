using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Domain.Identity;
using Platform.Api.Realtime;
using Platform.Workers.Realtime;

namespace Platform.Api.Tests.Realtime;

/// <summary>What outlives the process, a database say.</summary>
public sealed class Stored
{
    public ConcurrentDictionary<string, string> Quotes { get; } = new(StringComparer.Ordinal);

    /// <summary>Rows 1, 2, … of the only trade log.</summary>
    public ConcurrentQueue<int> Trades { get; } = new();
}

/// <summary>Public: the latest value of anything.</summary>
public sealed class QuoteTopics(Stored stored) : ITopicFamily
{
    public string Name => "quote";

    public Permission Permission => OpenPermissions.ReadMarkets;

    public TopicShape Shape => TopicShape.Whole;

    public ValueTask<TopicSnapshot?> SnapshotAsync(string entity, CancellationToken cancellationToken) =>
        new(stored.Quotes.TryGetValue(entity, out var quote) ? new TopicSnapshot(quote) : null);
}

/// <summary>Private: rows that are numbered where they are stored.</summary>
public sealed class TradeTopics(Stored stored) : INumberedLog
{
    public string Name => "trades";

    public Permission Permission => PoolPermissions.ReadTrading;

    public ValueTask<TopicSnapshot?> SnapshotAsync(string entity, CancellationToken cancellationToken)
    {
        var rows = stored.Trades.ToArray();
        return new(new TopicSnapshot(rows.TakeLast(50), rows.Length));
    }

    public ValueTask<IReadOnlyList<NumberedRow>> MissedAsync(
        string entity, long from, int limit, CancellationToken cancellationToken) =>
        new([.. stored.Trades.Where(row => row >= from).Take(limit).Select(row => new NumberedRow(row, row))]);
}

/// <summary>The real hub on a real port. A token is <c>name:seconds since 1970 when it ends</c>.</summary>
public sealed class PushHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly MeterListener listener = new();
    private readonly Authority authority;
    private long stalled;

    private PushHost(WebApplication app, Authority authority)
    {
        (this.app, this.authority) = (app, authority);
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, mine) =>
        {
            if (instrument.Name.Equals("platform.realtime.stalled", StringComparison.Ordinal)
                && ReferenceEquals(instrument.Meter.Scope, meters))
                mine.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref stalled, count));
        listener.Start();
    }

    /// <summary>Connections that were cut off because they took nothing.</summary>
    public long Stalled => Interlocked.Read(ref stalled);

    /// <summary>How often anybody asked what a caller may watch.</summary>
    public int Asked => authority.Asked;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.Single());

    public Topics Topics => app.Services.GetRequiredService<Topics>();

    public static async Task<PushHost> StartAsync(Stored stored, RealtimeLimits? limits = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (limits is not null)
            builder.Services.AddSingleton(limits);
        var asked = new Authority();
        builder.Services
            .AddSingleton(stored)
            .AddSingleton<VerifyToken>(Verify)
            .AddSingleton<AuthorizeTopic>(asked.AuthorizeAsync)
            .AddTopicFamily<QuoteTopics>()
            .AddTopicFamily<TradeTopics>()
            .AddRealtime();
        var built = builder.Build();
        built.MapRealtime();
        await built.StartAsync();
        return new(built, asked);
    }

    public static string TokenOf(string name, TimeSpan lasting) => string.Create(
        CultureInfo.InvariantCulture, $"{name}:{(TimeProvider.System.GetUtcNow() + lasting).ToUnixTimeSeconds()}");

    public void PublishQuote(Stored stored, string entity, string quote)
    {
        stored.Quotes[entity] = quote;
        Topics.Replace(new("quote", entity), quote);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static ClaimsPrincipal? Verify(string token, IPAddress? from)
    {
        var parts = token.Split(':');
        return parts.Length == 2
            ? new(new ClaimsIdentity([new("sub", parts[0]), new("exp", parts[1])], "Bearer"))
            : null;
    }

    /// <summary>Who may watch what; counts how often it is asked.</summary>
    private sealed class Authority
    {
        private int asked;

        public int Asked => Volatile.Read(ref asked);

        public async ValueTask<TopicAccess> AuthorizeAsync(ClaimsPrincipal caller, Topic topic, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asked);
            // An authority that takes its time.
            if (topic.Family is "slow")
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
            return topic.Family switch
            {
                "quote" => TopicAccess.Public,
                "trades" when topic.Entity.Equals(caller.FindFirst("sub")?.Value, StringComparison.Ordinal) => TopicAccess.Private,
                _ => TopicAccess.Denied,
            };
        }
    }
}
