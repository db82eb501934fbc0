using System.Threading.Channels;
using Marten;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Workers.Realtime;

namespace Platform.Api.Trading;

/// <summary><c>pnl/{poolId}</c>: positions and gains at the marks of the moment.</summary>
public sealed class PnlTopic(IDocumentStore store, Portfolio portfolio) : ITopicFamily
{
    public const string FamilyName = "pnl";

    public string Name => FamilyName;

    public Permission Permission => PoolPermissions.ReadTrading;

    public TopicShape Shape => TopicShape.Whole;

    public async ValueTask<TopicSnapshot?> SnapshotAsync(string entity, CancellationToken cancellationToken) =>
        await ReadAsync(entity, cancellationToken) is { } read ? new(read) : null;

    internal async Task<PortfolioResponse?> ReadAsync(string entity, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(entity, out var id))
            return null;

        var pool = PoolId.From(id);
        await using var session = store.QuerySession(pool.Tenant);
        return await portfolio.ReadAsync(session, pool, cancellationToken);
    }
}

/// <summary>Marks the books of watched pools to the market four times a second, and at once after a trade.</summary>
public sealed partial class PnlPublisher(PnlTopic pnl, Topics topics, TimeProvider time, ILogger<PnlPublisher> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly Channel<bool> booked = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>A book changed: do not wait for the next tick.</summary>
    public void Nudge() => booked.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            using var tick = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(Task.Delay(Period, time, tick.Token), booked.Reader.ReadAsync(tick.Token).AsTask());
            await tick.CancelAsync();
            foreach (var pool in topics.WatchedOf(PnlTopic.FamilyName))
                await PublishAsync(pool, stoppingToken);
        }
    }

    private async Task PublishAsync(string pool, CancellationToken cancellationToken)
    {
        try
        {
            if (await pnl.ReadAsync(pool, cancellationToken) is { } read)
                topics.Replace(new Topic(PnlTopic.FamilyName, pool), read);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The next tick tries again; a database that is away must not end the push of everything else.
            LogNotPublished(error, pool);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Gains of pool {Pool} could not be read")]
    private partial void LogNotPublished(Exception error, string pool);
}
