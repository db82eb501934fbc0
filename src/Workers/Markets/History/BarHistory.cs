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
public sealed record BarPage(IReadOnlyList<FilledBar> Bars, DateTimeOffset? Next);

/// <summary>Bars of any timeframe, made of what is stored and, where the question reaches up to now, of what the venue says now.</summary>
public sealed class BarHistory(MarketCatalog catalog, Instruments instruments, BarRows bars, BarCatchUp catchUp, TimeProvider time)
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
        var running = stop >= now && catalog.Find(asked.Venue, asked.Market) is { } instrument
            ? await catchUp.RunningAsync(instrument, level, cancellationToken)
            : null;
        if (await instruments.FindAsync(asked.Venue, asked.Market, cancellationToken) is not { } id)
            return catalog.Find(asked.Venue, asked.Market) is null ? null : new([], Next: null);

        var stored = (await bars.ReadAsync(id, level, start, stop, int.MaxValue, cancellationToken)).ToList();
        if (running is not null && running.Start >= start && (stored.Count == 0 || stored[^1].Start < running.Start))
            stored.Add(running);
        var extent = await bars.ExtentAsync(id, level, cancellationToken);
        var made = Bars.RollUp(stored, timeframe).Select(bar => IsCut(bar, timeframe, extent?.First, now) ? bar with { State = BarState.Partial } : bar);
        var before = asked.Fill is BarFill.Prev ? await bars.CloseBeforeAsync(id, level, start, cancellationToken) : null;
        return new([.. Bars.Fill(made, timeframe, start, stop, asked.Fill, before)], stop < end ? stop : null);
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

    // The bar that runs, and the first one where what is known begins within it.
    private static bool IsCut(Bar bar, Timeframe timeframe, DateTimeOffset? first, DateTimeOffset now) =>
        bar.State is not BarState.Missing && (timeframe.Step(bar.Start, 1) > now || bar.Start < first);
}
