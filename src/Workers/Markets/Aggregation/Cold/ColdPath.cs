using System.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Domain.Markets;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Aggregation.Cold;

/// <summary>
/// Takes the trades that were counted to the database, each once whatever ends the process: what a flush counted is in the
/// journal before the next, and the journal's segments go to the database one by one, each a batch with its own id. After a
/// restart counting goes on behind the last trade in the journal; the feed asks the venue for what was missed. Of several
/// processes on one database one writes.
/// </summary>
public sealed partial class ColdPath(
    Aggregator aggregator, IOptions<AggregationOptions> options, StoreAddress store, ColdRows rows, TimeProvider time, Random random,
    ILogger<ColdPath> logger) : BackgroundService
{
    // Of all locks of the store, this one says who writes trades.
    private const long Lock = 0x6D645F6A6F75726E;

    private static readonly TimeSpan SyncPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OwnerPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RoomPeriod = TimeSpan.FromHours(1);

    // A process that was killed may have left a session that the database has not given up yet.
    private static readonly TimeSpan OwnSessionEndsWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly List<ShardJournal> shards = [];
    private NpgsqlConnection? ownership;
    private Journal? journal;

    /// <summary>Whether this process is the one that writes.</summary>
    public bool IsWriting => shards.Count > 0;

    /// <summary>Whether another process is to write what this one counts of a market.</summary>
    public bool IsWrittenElsewhere(VenueId venue, MarketKey market) => !IsWriting && aggregator.Find(venue, market) is not null;

    /// <summary>
    /// The seconds of [from, to) of which the journal has trades that the database lacks, or may lack, each whole and with every trade
    /// once; oldest first. None where another process writes.
    /// </summary>
    public async Task<IReadOnlyList<Bar>> UnwrittenAsync(
        VenueId venue, MarketKey market, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (!IsWriting || from >= to)
            return [];

        // What is being closed meanwhile may come twice, and never not at all: its batch tells.
        var span = SecondSpan.Of(from, to);
        var open = Open(venue, market);
        var batch = open is [var first, ..] ? first.Batch : (Guid?)null;
        SecondPart[] parts =
        [
            .. open.Concat(journal!.Waiting(span).Where(rows => rows.Batch != batch).SelectMany(rows => rows.Of(venue, market)))
                .Where(part => span.Holds(part.Second.Start)),
        ];
        return parts.Length > 0 ? await rows.WholeAsync(venue, market, parts, cancellationToken) : [];
    }

    /// <summary>Before anything is counted: what an earlier life counted is taken up.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.JournalFolder is { } folder)
            await TakeUpAsync(folder, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>What is in the journal waits there for the next start.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var shard in shards)
            shard.Sync();
    }

    public override void Dispose()
    {
        foreach (var shard in shards)
            shard.Dispose();
        ownership?.Dispose();
        journal?.Dispose();
        base.Dispose();
    }

    // None of them ends by itself: the first to end broke, and the host is to know.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsWriting)
            return;

        await MakeRoomAsync(stoppingToken);
        await await Task.WhenAny(
            SyncAsync(stoppingToken), WriteAsync(stoppingToken), MakeRoomOnAsync(stoppingToken), StayOwnerAsync(stoppingToken));
    }

    private async Task TakeUpAsync(string folder, CancellationToken cancellationToken)
    {
        journal = Journal.TryOpen(folder, options.Value, aggregator);
        if (journal is null || !await OwnAsync(journal.Id, cancellationToken))
        {
            LogNotOwner();
            return;
        }

        var isLast = await rows.OwnerAsync(cancellationToken) == journal.Id;
        await rows.OwnAsync(journal.Id, cancellationToken);
        var left = journal.Left.Select(path => (Path: path, Rows: SecondRows.Of(JournalSegment.Read(path))))
            .Select(segment => new LeftSegment(segment.Path, segment.Rows?.Batch, segment.Rows?.Span ?? SecondSpan.Empty)).ToList();
        var written = await rows.WrittenAsync([.. left.Select(segment => segment.Batch).OfType<Guid>()], cancellationToken);
        var restored = new JournalReplay(aggregator, written);
        // Where another process wrote since, venues are asked for nothing that it has written.
        foreach (var segment in isLast ? left : [])
            restored.Replay(segment.Path);
        var now = time.GetUtcNow();
        await restored.RefillAsync((venue, market) => rows.DayAsync(venue, market, now, cancellationToken));
        Begin(restored, left);
        LogRestored(left.Count, restored.Trades, isLast);
    }

    private async Task<bool> OwnAsync(Guid id, CancellationToken cancellationToken)
    {
        await (ownership?.DisposeAsync() ?? ValueTask.CompletedTask);
        ownership = store.OfItsOwn();
        await ownership.OpenAsync(cancellationToken);
        var patience = await rows.OwnerAsync(cancellationToken) == id ? OwnSessionEndsWithin : TimeSpan.Zero;
        for (var since = time.GetTimestamp(); ;)
        {
            await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", ownership);
            command.Parameters.Add(new() { Value = Lock });
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
                return true;
            if (time.GetElapsedTime(since) >= patience)
                return false;

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private void Begin(JournalReplay restored, IEnumerable<LeftSegment> left)
    {
        var now = time.GetUtcNow();
        foreach (var shard in aggregator.Shards)
            shards.Add(shard.With((markets, _) => new ShardJournal(journal!, markets, restored.Of(shard), now)));
        // Only now may the old ones go: the new ones remember what they counted.
        foreach (var segment in left)
            journal!.Close(segment.Path, segment.Seconds);
        aggregator.Closed = (shard, markets, at) => shards[shard].Append(markets, at);
    }

    private IReadOnlyList<SecondPart> Open(VenueId venue, MarketKey market) => aggregator.Find(venue, market) is var (seat, number)
        ? seat.Shard.With((_, _) => shards[seat.Shard.Number].Unwritten(seat.Number, number, seat.Scale))
        : [];

    // The lock is of a session: with a database that restarts it is gone, and asked for again.
    private async Task StayOwnerAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(OwnerPeriod, time);
        var isLost = false;
        while (await timer.WaitForNextTickAsync(cancellationToken))
            try
            {
                if (isLost && !await OwnAsync(journal!.Id, cancellationToken))
                    throw new InvalidOperationException("Another process has begun to write the trades of this database.");

                await using var alive = new NpgsqlCommand("select 1", ownership);
                await alive.ExecuteScalarAsync(cancellationToken);
                isLost = false;
            }
            catch (Exception outage) when (!cancellationToken.IsCancellationRequested && (outage.IsStoreOutage || ownership!.State is not ConnectionState.Open))
            {
                LogAway(outage.Message);
                isLost = true;
            }
    }

    private async Task SyncAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SyncPeriod, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            foreach (var shard in shards)
                shard.Sync();
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await foreach (var path in journal!.ClosedAsync(cancellationToken))
        {
            if (SecondRows.Of(JournalSegment.Read(path)) is { Rows.Count: > 0 } batch)
                await WhileAwayAsync(() => rows.WriteAsync(batch, cancellationToken), cancellationToken);
            journal.Remove(path);
        }
    }

    private async Task MakeRoomOnAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RoomPeriod, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await MakeRoomAsync(cancellationToken);
    }

    private Task MakeRoomAsync(CancellationToken cancellationToken) => WhileAwayAsync(
        async () =>
        {
            if (await rows.MakeRoomAsync(time.GetUtcNow(), cancellationToken) is > 0 and var strays)
                LogStrays(strays);
        },
        cancellationToken);

    private async Task WhileAwayAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        var backOff = new BackOff(time, random);
        while (true)
            try
            {
                await work();
                return;
            }
            catch (Exception outage) when (outage.IsStoreOutage && !cancellationToken.IsCancellationRequested)
            {
                LogAway(outage.Message);
                await backOff.WaitAsync(cancellationToken);
            }
    }

    /// <param name="Batch">Null for one that was cut off before it began.</param>
    private sealed record LeftSegment(string Path, Guid? Batch, SecondSpan Seconds);

    [LoggerMessage(LogLevel.Information, "Another process writes the trades of this database")]
    private partial void LogNotOwner();

    [LoggerMessage(LogLevel.Information, "The journal held {Segments} segments with {Trades} trades; this folder wrote last: {IsLast}")]
    private partial void LogRestored(int segments, long trades, bool isLast);

    [LoggerMessage(LogLevel.Error, "{Rows} seconds of trades came when there was no partition for them")]
    private partial void LogStrays(long rows);

    [LoggerMessage(LogLevel.Warning, "Trades wait in the journal while the database is away: {Reason}")]
    private partial void LogAway(string reason);
}
