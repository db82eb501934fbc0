using System.Net.Sockets;
using Npgsql;
using Platform.Projections;

namespace Platform.Workers.Markets.Venues.Budgets;

/// <summary>
/// One limit. Weight is leased from the table in chunks, so that a call seldom pays a round trip; a lease ends with its window
/// or after <see cref="LeasedFor"/>, and what is left of it is given back with the next.
/// </summary>
/// <param name="held">Told when the table says that the venue has had enough.</param>
internal sealed class BudgetBucket(
    BudgetRow row, VenueLimit documented, BudgetTable? table, TimeProvider time,
    Action<DateTimeOffset> held, Action<string> storeAway) : IDisposable
{
    /// <summary>So long a process goes on without hearing of the others.</summary>
    public static readonly TimeSpan LeasedFor = TimeSpan.FromSeconds(1);

    // Of the limit: a tenth for each process while they cannot share, for there are seldom more than ten.
    private const int AloneShare = 10;
    private const int ChunkShare = 50;
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim leasing = new(1);
    private int limit = documented.Limit;
    private long window;
    private int spent;
    private int counted;
    private (long Window, int Left, CallPriority For, DateTimeOffset Until) lease;
    private int used;
    private DateTimeOffset awayUntil;

    /// <summary>Takes the weight, or says until when to wait; null means go.</summary>
    public async ValueTask<DateTimeOffset?> TakeAsync(int weight, CallPriority priority, CancellationToken cancellationToken)
    {
        if (table is null)
            return TakeAlone(weight, Ceiling(priority));
        if (TryTake(weight, priority))
            return null;

        await leasing.WaitAsync(cancellationToken);
        try
        {
            if (TryTake(weight, priority))
                return null;
            if (awayUntil > time.GetUtcNow())
                return TakeAlone(weight, Math.Max(1, Ceiling(priority) / AloneShare));
            if (await LeaseAsync(weight, priority, cancellationToken) is { } heldUntil)
                return heldUntil;
            return TryTake(weight, priority) ? null : NextWindow();
        }
        catch (Exception error) when (IsAway(error, cancellationToken))
        {
            if (awayUntil == default)
                storeAway(error.Message);
            awayUntil = time.GetUtcNow() + AskAgainAfter;
            return TakeAlone(weight, Math.Max(1, Ceiling(priority) / AloneShare));
        }
        finally
        {
            leasing.Release();
        }
    }

    /// <summary>What the venue counted holds where it is more than all of us took; alone, it holds as it is.</summary>
    public void Learn(LimitReading reading)
    {
        lock (gate)
        {
            Roll();
            limit = reading.Limit ?? limit;
            if (table is null)
            {
                spent = reading.Used;
                return;
            }

            if (reading.Used <= Math.Max(used, counted))
                return;
            // Somebody else takes from it too: what we thought was ours may be gone.
            counted = reading.Used;
            lease.Until = default;
        }
    }

    public void Allow(int more)
    {
        lock (gate)
            limit = more;
    }

    public void Dispose() => leasing.Dispose();

    public static bool IsAway(Exception error, CancellationToken cancellationToken) =>
        error.IsStoreOutage || error is NpgsqlException or SocketException or TimeoutException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task<DateTimeOffset?> LeaseAsync(int weight, CallPriority priority, CancellationToken cancellationToken)
    {
        var request = Request(weight, priority);
        var now = time.GetUtcNow();
        var given = await table!.LeaseAsync(row, request, now, cancellationToken);
        lock (gate)
        {
            awayUntil = default;
            (used, lease) = (given.Used, (given.Window, given.Granted, priority, now + LeasedFor));
        }

        if (given.HeldUntil <= now)
            return null;
        held(given.HeldUntil);
        return given.HeldUntil;
    }

    private LeaseRequest Request(int weight, CallPriority priority)
    {
        lock (gate)
        {
            Roll();
            var request = new LeaseRequest(
                window, Math.Max(weight, limit / ChunkShare), Ceiling(priority), lease.Window, lease.Left, counted);
            // Whatever becomes of the question, it is not spent any more.
            lease = default;
            return request;
        }
    }

    private bool TryTake(int weight, CallPriority priority)
    {
        lock (gate)
        {
            Roll();
            // A clock that is behind the others' gets its lease for the window that they are in.
            if (lease.Window < window || lease.Until <= time.GetUtcNow() || lease.Left < weight || priority < lease.For)
                return false;
            lease.Left -= weight;
            spent += weight;
            return true;
        }
    }

    private DateTimeOffset? TakeAlone(int weight, int ceiling)
    {
        lock (gate)
        {
            Roll();
            if (spent + weight > ceiling)
                return NextWindow();
            spent += weight;
            return null;
        }
    }

    private int Ceiling(CallPriority priority) => priority switch
    {
        CallPriority.Orders => limit,
        CallPriority.Data => limit / 5 * 4,
        _ => limit / 2,
    };

    private DateTimeOffset NextWindow() => new((window + 1) * documented.Window.Ticks, TimeSpan.Zero);

    private void Roll()
    {
        var now = time.GetUtcNow().UtcTicks / documented.Window.Ticks;
        if (now == window)
            return;
        (window, spent, counted, used) = (now, 0, 0, 0);
    }
}
