using System.Globalization;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Snapshots;
using Platform.Domain.Values;
using Platform.Projections.Markets;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Snapshots;

namespace Platform.Workers.Markets.History;

/// <summary>
/// Asks a venue for its own trades where the gap names those that are missing, else, or where they do not prove that they are all, for its
/// own minutes of the gap and for two known ones on each side. A minute that comes is stored as healed; one that is left out while one
/// before and one after it come in the same answer is proved to be empty; of all others nothing is concluded. Where minutes are so old
/// that they are not kept, and before a gap is given up, the same is done with hours, and then with days.
/// </summary>
public sealed class BarHealer(
    ConnectedVenues venues, MarketCatalog catalog, Instruments instruments, BarRows bars, Restatements restatements, KillSwitches switches,
    IOptions<RetentionOptions> kept, TimeProvider time) : ISeriesHealer
{
    /// <summary>The minutes of all venues; a bin is <c>venue/market</c>.</summary>
    public const string Minutes = "market.bars";

    private const int Beside = 2;

    // So often trades are asked for before minutes have to do.
    private const int TradeTries = 4;

    private readonly TradeHealer byTrades = new(bars);

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

        var outcome = await HealAsync(venue, instrument, key, gap, cancellationToken);
        return outcome is HealOutcome.Failed && switches.WhyKilled(venue.Venue, VenueActivity.Data) is { } why
            ? new HealOutcome.Stopped($"Data of {venue.Venue} is stopped: {why}")
            : outcome;
    }

    private async Task<HealOutcome> HealAsync(
        ConnectedVenue venue, Instrument instrument, MarketKey key, Gap gap, CancellationToken cancellationToken)
    {
        var (id, now) = (await instruments.IdAsync(venue.Venue, key, cancellationToken), time.GetUtcNow());
        var level = kept.Value.ShortestOf(now - gap.From);
        var outcome = level is BarLevel.Minute && MissingTrades.TryFrom(gap.Evidence, out var missing)
            ? await HealByTradesAsync(TargetOf(level), missing, gap.Tries, cancellationToken)
            : await HealByBarsAsync(TargetOf(level), remark: null, cancellationToken);
        // Better known as a whole than not at all: what a venue does not give of one length it may give of the next, once that is over.
        while (outcome is HealOutcome.Failed failed && gap.Tries == Gap.TriesMax && level is not BarLevel.Day)
        {
            level = level is BarLevel.Minute ? BarLevel.Hour : BarLevel.Day;
            var target = TargetOf(level);
            if (target.To > now)
                break;
            outcome = await HealByBarsAsync(target, failed.Reason, cancellationToken);
        }

        return outcome;

        HealTarget TargetOf(BarLevel of) =>
            new(venue, instrument, id, of, of.StartOf(gap.From), of.StartOf(gap.To + of.Length - TimeSpan.FromTicks(1)));
    }

    private async Task<HealOutcome> HealByTradesAsync(
        HealTarget target, MissingTrades missing, int tries, CancellationToken cancellationToken) =>
        await byTrades.HealAsync(target, missing, cancellationToken) switch
        {
            null => new HealOutcome.Healed($"{target.Venue.Venue} trades"),
            var trouble when tries < TradeTries => new HealOutcome.Failed(trouble),
            var trouble => await HealByBarsAsync(target, trouble, cancellationToken),
        };

    // A remark goes on to the outcome.
    private async Task<HealOutcome> HealByBarsAsync(HealTarget target, string? remark, CancellationToken cancellationToken)
    {
        var (venue, instrument, id, level, first, to) = target;
        var beside = Beside * level.Length;
        var known = (await bars.ReadAsync(id, level, first - beside, to + beside, int.MaxValue, cancellationToken)).ToDictionary(bar => bar.Start);
        // What an earlier try brought is not asked for again.
        var from = first;
        while (from < to && known.GetValueOrDefault(from) is { State: BarState.Healed or BarState.Empty })
            from += level.Length;
        var (answers, trouble) = await venue.Parts.MarketData.CoverAsync(instrument, level, from - beside, to + beside, cancellationToken);
        var found = Told(answers, target with { From = from }, known);
        await bars.WriteAsync([.. found.Select(bar => new BarRow(id, level, bar, BarOrigin.Fetched))], cancellationToken);
        var restated = Restated(answers, target, known.Values.Where(bar => bar.Start < from || bar.Start >= to));
        await restatements.WriteAsync(restated, cancellationToken);
        // What is known and was not told again was suspected, and still is.
        var given = answers.SelectMany(answer => answer).Select(candle => candle.OpenTime).ToHashSet();
        var sure = found.Concat(known.Values.Where(bar => bar.State is BarState.Healed or BarState.Empty || given.Contains(bar.Start)));
        return Outcome(target, sure, string.Join(' ', ((string?[])[remark, Remark(restated)]).OfType<string>()), trouble);
    }

    /// <summary>What the answers say of the target that is not known yet: bars that traded, and bars that are proved to be empty.</summary>
    private static IReadOnlyList<Bar> Told(
        IReadOnlyList<IReadOnlyList<Candle>> answers, HealTarget target, Dictionary<DateTimeOffset, Bar> known)
    {
        var (from, to) = (target.From, target.To);
        var told = new SortedDictionary<DateTimeOffset, Bar>();
        foreach (var candle in answers.SelectMany(answer => answer).Where(candle => candle.OpenTime >= from && candle.OpenTime < to))
            if (!known.TryGetValue(candle.OpenTime, out var stored) || !IsSame(stored, candle) || stored.State is BarState.Partial)
                told[candle.OpenTime] = VenueBars.BarOf(candle, BarState.Healed, revision: 1);
        foreach (var answer in answers.Where(answer => answer.Count > 1))
        {
            var given = answer.Select(candle => candle.OpenTime).ToHashSet();
            var (first, last) = (answer.Min(candle => candle.OpenTime), answer.Max(candle => candle.OpenTime));
            for (var start = from; start < to; start += target.Level.Length)
                if (start > first && start < last && !given.Contains(start) && !known.ContainsKey(start))
                    told.TryAdd(start, Bar.Empty(start));
        }

        return [.. told.Values];
    }

    private static HealOutcome Outcome(HealTarget target, IEnumerable<Bar> sure, string remark, string? trouble)
    {
        var unit = target.Level switch { BarLevel.Minute => "minutes", BarLevel.Hour => "hours", _ => "days" };
        var (by, seen) = ($"{target.Venue.Venue} {unit}", remark.Length == 0 ? null : remark);
        var there = sure.Where(bar => bar.Start >= target.From && bar.Start < target.To).ToLookup(bar => bar.Start);
        var missing = (int)((target.To - target.From).Ticks / target.Level.Length.Ticks) - there.Count;
        if (missing > 0)
            return new HealOutcome.Failed(trouble ?? $"{missing} {unit} are neither given nor proved to be empty.");
        return there.Any(same => same.Any(bar => bar.Prices is not null))
            ? new HealOutcome.Healed(by, seen)
            : new HealOutcome.Empty(by, seen);
    }

    // What is known stays: two words of the same venue on the same minute are for a person to judge.
    private List<VenueRestated> Restated(IReadOnlyList<IReadOnlyList<Candle>> answers, HealTarget target, IEnumerable<Bar> beside)
    {
        var told = answers.SelectMany(answer => answer).GroupBy(candle => candle.OpenTime).ToDictionary(same => same.Key, same => same.Last());
        return
        [
            .. from bar in beside
               where bar.State is BarState.Traded or BarState.Healed && told.ContainsKey(bar.Start)
                   && Differs(bar, told[bar.Start], target.Instrument.Rules)
               orderby bar.Start
               select new VenueRestated(target.Id, target.Level, bar, VenueBars.BarOf(told[bar.Start]), time.GetUtcNow()),
        ];
    }

    private static string? Remark(List<VenueRestated> restated) => restated.Count == 0
        ? null
        : $"The venue restated {string.Join(", ", restated.Select(each => each.Told.Start.ToString("u", CultureInfo.InvariantCulture)))}.";

    // Less than a tick or a lot is how somebody rounded.
    private static bool Differs(Bar bar, Candle candle, MarketRules rules)
    {
        return bar.Prices is not { } prices || Math.Abs(bar.Volume.Value - candle.Volume.Value) >= rules.Step.Value
            || IsAway(prices.Open, candle.Open) || IsAway(prices.High, candle.High)
            || IsAway(prices.Low, candle.Low) || IsAway(prices.Close, candle.Close);

        bool IsAway(Price kept, Price told) => kept != told && Math.Abs(kept.Value - told.Value) >= rules.Price.TickAt(told.Value);
    }

    private static bool IsSame(Bar bar, Candle candle) =>
        bar.Prices == new BarPrices(candle.Open, candle.High, candle.Low, candle.Close) && bar.Volume == candle.Volume;
}
