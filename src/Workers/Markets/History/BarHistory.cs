using Platform.Domain.Markets;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.History;

/// <summary>Which bars are asked for.</summary>
/// <param name="From">An instant in the first one; null for the latest.</param>
/// <param name="To">They start before it; null for now.</param>
/// <param name="Limit">At most so many; fewer where each is made of very many.</param>
public sealed record BarQuery(
    VenueId Venue, MarketKey Market, Timeframe Timeframe, DateTimeOffset? From, DateTimeOffset? To, int Limit, BarFill Fill);

/// <param name="Next">Where the bars behind these start; null when there are no more.</param>
/// <param name="UnwrittenFrom">From here on trades are counted that only the journal of this node has yet; null: none are.</param>
/// <param name="PendingFrom">From here on trades may be missing that another node counted and has not written yet; null: none are.</param>
public sealed record BarPage(
    IReadOnlyList<FilledBar> Bars, DateTimeOffset? Next, DateTimeOffset? UnwrittenFrom = null, DateTimeOffset? PendingFrom = null);

/// <summary>
/// Bars of any timeframe, made of what is stored, of what this node counted since and, where the question reaches up to now, of what
/// the venue says now.
/// </summary>
public sealed class BarHistory(
    MarketCatalog catalog, Instruments instruments, BarRows bars, UnwrittenBars unwritten, BarCatchUp catchUp, TimeProvider time)
{
    // A page of months is made of days, and one of seconds of as many seconds; this bounds those in between.
    private const int StoredMax = 50_000;

    /// <summary>Null when nothing was ever stored of that market at that venue, and the venue does not list it.</summary>
    public async Task<BarPage?> ReadAsync(BarQuery asked, CancellationToken cancellationToken)
    {
        var (timeframe, now) = (asked.Timeframe, time.GetUtcNow());
        var limit = Math.Clamp(StoredMax / timeframe.BaseBarsMax, 1, asked.Limit);
        var end = timeframe.Step(timeframe.StartOf(asked.To < now ? asked.To.Value.AddTicks(-1) : now), 1);
        var start = asked.From is { } first ? timeframe.StartOf(first) : timeframe.Step(end, -limit);
        var stop = timeframe.Step(start, limit) is var page && page < end ? page : end;
        var level = timeframe.Base;
        var latest = stop >= now && catalog.Find(asked.Venue, asked.Market) is { } instrument
            ? await catchUp.LatestAsync(instrument, level, cancellationToken)
            : [];
        // Before what is stored: so what is written meanwhile is in one of them, and not in neither.
        var counted = await unwritten.ReadAsync(
            asked.Venue, asked.Market, level, asked.Fill is BarFill.Prev ? DateTimeOffset.MinValue : start, stop, cancellationToken);
        var pending = await unwritten.PendingFromAsync(asked.Venue, asked.Market, level, cancellationToken);
        if (await instruments.FindAsync(asked.Venue, asked.Market, cancellationToken) is not { } id)
            return catalog.Find(asked.Venue, asked.Market) is null ? null : new([], Next: null);

        var fresh = counted.SkipWhile(bar => bar.Start < start).ToList();
        var stored = await bars.ReadAsync(id, level, start, stop, int.MaxValue, cancellationToken);
        var quiet = level is BarLevel.Second ? await QuietAsync(id, start, stop, cancellationToken) : [];
        var known = quiet.Under(stored).Under(fresh).Under(latest.Where(bar => bar.Start >= start)).ToList();
        var begun = (await bars.ExtentAsync(id, level, cancellationToken))?.First ?? known.FirstOrDefault()?.Start;
        var made = Bars.RollUp(known, timeframe).Select(bar => IsCut(bar, timeframe, begun, now) ? bar with { State = BarState.Partial } : bar);
        var before = asked.Fill is BarFill.Prev
            ? counted.LastOrDefault(bar => bar.Start < start)?.Prices?.Close ?? await bars.CloseBeforeAsync(id, level, start, cancellationToken)
            : null;
        return new(
            [.. Bars.Fill(made, timeframe, start, stop, asked.Fill, before)], stop < end ? stop : null, fresh.FirstOrDefault()?.Start,
            pending < stop ? new[] { pending.Value, start }.Max() : null);
    }

    /// <summary>How much is known of each day: the share of its minutes that are stored, of those that have passed.</summary>
    /// <returns>Null when nothing was ever stored of that market at that venue.</returns>
    public async Task<IReadOnlyList<(DateTimeOffset Day, int Known, int Passed)>?> CoverageAsync(
        VenueId venue, MarketKey market, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        if (await instruments.FindAsync(venue, market, cancellationToken) is not { } id)
            return null;

        var (now, known) = (time.GetUtcNow(), await bars.CountByDayAsync(id, BarLevel.Minute, from, to, cancellationToken));
        var days = new List<(DateTimeOffset, int, int)>();
        for (var day = BarLevel.Day.StartOf(from); day < to && day < now; day = day.AddDays(1))
            days.Add((day, known.GetValueOrDefault(day), (int)Math.Min(1440, (BarLevel.Minute.StartOf(now) - day).TotalMinutes)));
        return days;
    }

    // Of a minute that is proved to be empty each second is.
    private async Task<IEnumerable<Bar>> QuietAsync(int id, DateTimeOffset first, DateTimeOffset stop, CancellationToken cancellationToken) =>
        from minute in await bars.ReadAsync(id, BarLevel.Minute, BarLevel.Minute.StartOf(first), stop, int.MaxValue, cancellationToken)
        where minute.State is BarState.Empty
        from second in Enumerable.Range(0, 60)
        let start = minute.Start.AddSeconds(second)
        where start >= first && start < stop
        select Bar.Empty(start);

    // The bar that runs, and the first one where what is known begins within it.
    private static bool IsCut(Bar bar, Timeframe timeframe, DateTimeOffset? first, DateTimeOffset now) =>
        bar.State is not BarState.Missing && (timeframe.Step(bar.Start, 1) > now || bar.Start < first);
}
