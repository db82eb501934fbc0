using Platform.Domain.Markets;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.History;

/// <summary>
/// Sees a market of one venue fall silent while others trade it: no trade for eight times the median gap of that hour of the day, and
/// not less than a minute, while at least two other venues traded the same market.
/// </summary>
internal sealed class Silence(Instruments instruments, BarRows bars)
{
    private const int Medians = 8;
    private const int PeersMin = 2;

    // Of fewer gaps nothing can be said of what is usual.
    private const int GapsMin = 20;

    private static readonly TimeSpan LeastSilence = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(VenueId, MarketKey), (DateTimeOffset Hour, TimeSpan? Limit)> limits = [];
    private readonly Dictionary<(VenueId, MarketKey), DateTimeOffset> told = [];

    /// <summary>Since when each of the markets is silent that is, up to now; of one that stays so, what was added when it has doubled.</summary>
    public async Task<IReadOnlyList<Suspicion>> FindAsync(
        IReadOnlyList<(VenueEar Ear, MarketKey Market)> heard, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new List<Suspicion>();
        foreach (var (ear, market) in heard)
            if (ear.TradedAt(market) is { } last && now - last >= LeastSilence
                && await LimitAsync(ear.Venue.Venue, market, now, cancellationToken) is { } limit && now - last >= limit
                && heard.Count(peer => peer.Ear != ear && peer.Market == market && now - peer.Ear.TradedAt(market) < limit) >= PeersMin
                && Told(ear.Venue.Venue, market, last, now) is { } from)
                found.Add(new(ear.Venue.Venue, market, BarLevel.Minute.StartOf(from), BarLevel.Minute.StartOf(now).AddMinutes(1), "silence"));
        return found;
    }

    // Null while what was told covers half of the silence.
    private DateTimeOffset? Told(VenueId venue, MarketKey market, DateTimeOffset last, DateTimeOffset now)
    {
        var until = told.TryGetValue((venue, market), out var before) && before > last ? before : last;
        if (until > last && now - last < 2 * (until - last))
            return null;

        told[(venue, market)] = now;
        return until;
    }

    // The database is asked once an hour for each market that is quiet for a minute.
    private async Task<TimeSpan?> LimitAsync(VenueId venue, MarketKey market, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hour = BarLevel.Hour.StartOf(now);
        if (limits.TryGetValue((venue, market), out var known) && known.Hour == hour)
            return known.Limit;

        TimeSpan? limit = await instruments.FindAsync(venue, market, cancellationToken) is { } id
            && await bars.MedianGapAsync(id, hour, cancellationToken) is var (median, gaps) && gaps >= GapsMin
                ? TimeSpan.FromTicks(Math.Max(LeastSilence.Ticks, median.Ticks * Medians))
                : null;
        limits[(venue, market)] = (hour, limit);
        return limit;
    }
}
