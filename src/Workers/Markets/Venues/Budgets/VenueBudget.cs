using System.Collections.Concurrent;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues.Budgets;

/// <summary>
/// What one venue allows us, shared by all processes at one address or with one key. The venue's own count is believed where
/// it is above ours; after 429 or 418 nobody sends anything until it says so.
/// </summary>
internal sealed class VenueBudget(
    VenueId venue, string address, IReadOnlyList<VenueLimit> limits, BudgetTable? table, TimeProvider time,
    Action<string> storeAway) : IDisposable
{
    private readonly ConcurrentDictionary<(string Name, string Key), BudgetBucket> buckets = new();
    private long heldUntilTicks = DateTimeOffset.MinValue.UtcTicks;

    private DateTimeOffset HeldUntil => new(Interlocked.Read(ref heldUntilTicks), TimeSpan.Zero);

    /// <summary>Takes the weight, or says until when to wait; null means go.</summary>
    /// <param name="print">Of the key that signs the call; null where none does.</param>
    public async ValueTask<DateTimeOffset?> TakeAsync(VenueCall call, string? print, CancellationToken cancellationToken)
    {
        if (HeldUntil is var held && held > time.GetUtcNow())
            return held;
        if (call.TellsLimits)
            return null;

        var bucket = Bucket(call.Limit ?? limits[0].Name, print);
        return await bucket.TakeAsync(call.Weight, call.Priority, cancellationToken);
    }

    /// <summary>The venue counted for itself.</summary>
    public void Learn(LimitReading reading, string? print) => Bucket(reading.Name, print).Learn(reading);

    /// <summary>The venue said what it allows in a window of a limit.</summary>
    public void Allow(string name, int limit)
    {
        foreach (var bucket in buckets.Where(known => string.Equals(known.Key.Name, name, StringComparison.Ordinal)))
            bucket.Value.Allow(limit);
    }

    /// <summary>The venue has had enough: here at once, and within <see cref="BudgetBucket.LeasedFor"/> everywhere.</summary>
    public async Task HoldAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        InterlockedMax(until.UtcTicks);
        if (table is null)
            return;
        try
        {
            await table.HoldAsync(venue.Value, address, until, cancellationToken);
        }
        catch (Exception error) when (BudgetBucket.IsAway(error, cancellationToken))
        {
            storeAway(error.Message);
        }
    }

    public void Dispose()
    {
        foreach (var bucket in buckets.Values)
            bucket.Dispose();
    }

    private BudgetBucket Bucket(string name, string? print)
    {
        var limit = limits.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.Ordinal))
            ?? throw new ArgumentException($"{venue} has no limit {name}.", nameof(name));
        var key = limit.Scope is LimitScope.Key ? print ?? string.Empty : string.Empty;
        return buckets.GetOrAdd((name, key), _ => new(
            new(venue.Value, address, key, name), limit, table, time, until => InterlockedMax(until.UtcTicks), storeAway));
    }

    private void InterlockedMax(long ticks)
    {
        var known = Interlocked.Read(ref heldUntilTicks);
        while (ticks > known)
        {
            var before = Interlocked.CompareExchange(ref heldUntilTicks, ticks, known);
            if (before == known)
                return;
            known = before;
        }
    }
}
