using System.Collections.Frozen;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;

namespace Platform.Workers.Markets.Registry;

/// <summary>What a gate says to whoever wants through.</summary>
public enum VenueGate
{
    Open = 0,

    /// <summary>A person stopped it.</summary>
    Killed,

    /// <summary>For too long this node has not heard whether a person did; nothing goes out.</summary>
    Unknown,
}

/// <summary>
/// What people stopped at which venue, in the memory of this node. Whoever sends something asks right before, and goes on under
/// <see cref="Killed"/>; whoever only listens asks <see cref="RunWhileAliveAsync"/>.
/// </summary>
public sealed class KillSwitches(TimeProvider time) : IDisposable
{
    /// <summary>Within this a kill holds on every node: one that has not asked the store for so long sends nothing.</summary>
    public static readonly TimeSpan FreshMax = TimeSpan.FromSeconds(1);

    // Between two looks of somebody who waits; a kill wakes the ones that run by their token.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Lock changing = new();
    private readonly Dictionary<Killable, CancellationTokenSource> running = [];
    private volatile Knowledge known = new(FrozenDictionary<Killable, string>.Empty, At: null);

    /// <summary>How long ago this node knew all that was killed; null: never yet.</summary>
    public TimeSpan? Staleness => known.At is { } at ? time.GetElapsedTime(at) : null;

    /// <summary>Whether something may go out to the venue now.</summary>
    public VenueGate Ask(VenueId venue, VenueActivity activity)
    {
        var now = known;
        if (now.Killed.ContainsKey(new(venue, activity)))
            return VenueGate.Killed;
        return now.At is { } at && time.GetElapsedTime(at) <= FreshMax ? VenueGate.Open : VenueGate.Unknown;
    }

    /// <summary>The same, waiting a while for this node to hear of the store again.</summary>
    public async Task<VenueGate> AskAsync(VenueId venue, VenueActivity activity, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (Ask(venue, activity) is var gate)
        {
            if (gate is not VenueGate.Unknown || time.GetElapsedTime(began) > patience)
                return gate;
            await Task.Delay(Look, time, cancellationToken);
        }

        return VenueGate.Unknown;
    }

    /// <summary>Whether the venue's activity was stopped, as far as this node knows.</summary>
    public bool IsKilled(VenueId venue, VenueActivity activity) => WhyKilled(venue, activity) is not null;

    /// <summary>What the person said who stopped it; null when nobody did, as far as this node knows.</summary>
    public string? WhyKilled(VenueId venue, VenueActivity activity) => known.Killed.GetValueOrDefault(new(venue, activity));

    /// <summary>Canceled once the activity is stopped: what is on its way out then breaks off, and is in doubt.</summary>
    public CancellationToken Killed(VenueId venue, VenueActivity activity)
    {
        var killable = new Killable(venue, activity);
        lock (changing)
        {
            if (known.Killed.ContainsKey(killable))
                return new(canceled: true);
            if (!running.ContainsKey(killable))
                running.Add(killable, new());
            return running[killable].Token;
        }
    }

    /// <summary>
    /// Does the work whenever the activity is not stopped, from the start each time. A node that does not hear of the store goes
    /// on with it: nothing leaves the node by listening.
    /// </summary>
    /// <param name="work">Ends when its token is canceled, and otherwise never.</param>
    /// <param name="stopped">Is told why, each time it is stopped, or was before it began.</param>
    public async Task RunWhileAliveAsync(
        VenueId venue, VenueActivity activity, Func<CancellationToken, Task> work, Action<string> stopped, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var alive = CancellationTokenSource.CreateLinkedTokenSource(stop, Killed(venue, activity));
            try
            {
                if (!alive.IsCancellationRequested)
                    await work(alive.Token);
            }
            catch (OperationCanceledException) when (alive.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                // Stopped by a person: begun again once a person says so.
            }

            if (WhyKilled(venue, activity) is { } why)
                stopped(why);
            while (IsKilled(venue, activity))
                await Task.Delay(Look, time, stop);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var source in running.Values)
            source.Dispose();
    }

    /// <summary>All that is killed and why, as the store had it at that moment.</summary>
    /// <param name="at">The timestamp of our clock before the store was asked.</param>
    internal void Know(IReadOnlyDictionary<Killable, string> killed, long at)
    {
        List<CancellationTokenSource> stopped = [];
        lock (changing)
        {
            known = new(killed.ToFrozenDictionary(), at);
            foreach (var killable in killed.Keys)
                if (running.Remove(killable, out var source))
                    stopped.Add(source);
        }

        // Whoever waits on it is woken elsewhere: the follower has to go on hearing.
        foreach (var source in stopped)
            _ = source.CancelAsync();
    }

    private sealed record Knowledge(FrozenDictionary<Killable, string> Killed, long? At);
}

/// <summary>What one switch stops.</summary>
internal readonly record struct Killable(VenueId Venue, VenueActivity Activity);
