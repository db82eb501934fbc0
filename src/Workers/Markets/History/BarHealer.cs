using Platform.Domain.Markets;
using Platform.Domain.Snapshots;
using Platform.Projections.Markets;
using Platform.Workers.Snapshots;

namespace Platform.Workers.Markets.History;

/// <summary>
/// Asks a venue for its own minutes of a gap, and for two known ones on each side. A minute that comes is stored as healed; one that is
/// left out while one before and one after it come in the same answer is proved to be empty; of all others nothing is concluded.
/// </summary>
public sealed class BarHealer(ConnectedVenues venues, MarketCatalog catalog, Instruments instruments, BarRows bars) : ISeriesHealer
{
    /// <summary>The minutes of all venues; a bin is <c>venue/market</c>.</summary>
    public const string Minutes = "market.bars";

    private const int Beside = 2;

    public string Series => Minutes;

    /// <summary>The bin of a market at a venue.</summary>
    public static string BinOf(VenueId venue, MarketKey market) => $"{venue}/{market}";

    public async Task<HealOutcome> HealAsync(Gap gap, CancellationToken cancellationToken)
    {
        if (gap.Bin.Split('/') is not [var name, var market] || venues.Find(VenueId.From(name)) is not { } venue
            || !MarketKey.TryFrom(market, out var key))
            return new HealOutcome.Failed("The platform is not connected to that venue.");
        if (catalog.Find(venue.Venue, key) is not { } instrument)
            return new HealOutcome.Failed("The venue does not list that market now.");

        var (first, to) = (BarLevel.Minute.StartOf(gap.From), BarLevel.Minute.StartOf(gap.To.AddTicks(TimeSpan.TicksPerMinute - 1)));
        var id = await instruments.IdAsync(venue.Venue, key, cancellationToken);
        var known = (await bars.ReadAsync(
                id, BarLevel.Minute, first.AddMinutes(-Beside), to.AddMinutes(Beside), int.MaxValue, cancellationToken))
            .ToDictionary(bar => bar.Start);
        // What an earlier try brought is not asked for again.
        var from = first;
        while (from < to && known.GetValueOrDefault(from) is { State: BarState.Healed or BarState.Empty })
            from = from.AddMinutes(1);
        var (answers, trouble) = await venue.Parts.MarketData.CoverAsync(
            instrument, BarLevel.Minute, from.AddMinutes(-Beside), to.AddMinutes(Beside), cancellationToken);
        var found = Told(answers, from, to, known);
        await bars.WriteAsync([.. found.Select(bar => new BarRow(id, BarLevel.Minute, bar, BarOrigin.Fetched))], cancellationToken);
        return Outcome(venue.Venue, first, to, found, known, Restated(answers, from, to, known), trouble);
    }

    /// <summary>What the answers say of [from, to) that is not known yet: minutes that traded, and minutes that are proved to be empty.</summary>
    internal static IReadOnlyList<Bar> Told(
        IReadOnlyList<IReadOnlyList<Candle>> answers, DateTimeOffset from, DateTimeOffset to, IReadOnlyDictionary<DateTimeOffset, Bar> known)
    {
        var told = new SortedDictionary<DateTimeOffset, Bar>();
        foreach (var candle in answers.SelectMany(answer => answer).Where(candle => candle.OpenTime >= from && candle.OpenTime < to))
            if (!known.TryGetValue(candle.OpenTime, out var stored) || !IsSame(stored, candle) || stored.State is BarState.Partial)
                told[candle.OpenTime] = VenueBars.BarOf(candle, BarState.Healed, revision: 1);
        foreach (var answer in answers.Where(answer => answer.Count > 1))
        {
            var given = answer.Select(candle => candle.OpenTime).ToHashSet();
            var (first, last) = (answer.Min(candle => candle.OpenTime), answer.Max(candle => candle.OpenTime));
            for (var minute = from; minute < to; minute = minute.AddMinutes(1))
                if (minute > first && minute < last && !given.Contains(minute) && !known.ContainsKey(minute))
                    told.TryAdd(minute, Bar.Empty(minute));
        }

        return [.. told.Values];
    }

    private static HealOutcome Outcome(
        VenueId venue, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<Bar> found, IReadOnlyDictionary<DateTimeOffset, Bar> known,
        string? restated, string? trouble)
    {
        var there = found.Select(bar => bar.Start).Concat(known.Keys).Where(start => start >= from && start < to).Distinct().Count();
        var missing = (int)((to - from).Ticks / TimeSpan.TicksPerMinute) - there;
        if (missing > 0)
            return new HealOutcome.Failed(trouble ?? $"{missing} minutes are neither given nor proved to be empty.");
        return found.Concat(known.Values).Any(bar => bar.Start >= from && bar.Start < to && bar.Prices is not null)
            ? new HealOutcome.Healed($"{venue} minutes", restated)
            : new HealOutcome.Empty($"{venue} minutes", restated);
    }

    // What is known stays: two words of the same venue on the same minute are for a person to judge.
    private static string? Restated(
        IReadOnlyList<IReadOnlyList<Candle>> answers, DateTimeOffset from, DateTimeOffset to, Dictionary<DateTimeOffset, Bar> known)
    {
        var minutes = answers.SelectMany(answer => answer).Where(candle => candle.OpenTime < from || candle.OpenTime >= to)
            .Where(candle => known.TryGetValue(candle.OpenTime, out var stored) && stored.State is BarState.Traded or BarState.Healed && !IsSame(stored, candle))
            .Select(candle => candle.OpenTime.ToString("u", System.Globalization.CultureInfo.InvariantCulture)).Distinct(StringComparer.Ordinal).ToList();
        return minutes.Count == 0 ? null : $"The venue restated {string.Join(", ", minutes)}.";
    }

    private static bool IsSame(Bar bar, Candle candle) =>
        bar.Prices == new BarPrices(candle.Open, candle.High, candle.Low, candle.Close) && bar.Volume == candle.Volume;
}
