using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Heatmap;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;
using Platform.Projections.Markets;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Markets.History;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Heatmap;

/// <summary>
/// What assets cost when each window began, as stored; looked up anew each minute. Where minutes of then are not stored, a venue is
/// asked for them once, and what it answers is.
/// </summary>
public sealed class HeatmapPast(
    StoredPrices stored, Aggregator aggregator, ConnectedVenues venues, KillSwitches switches, MarketCatalog catalog, Instruments instruments, BarRows bars,
    IOptions<HeatmapOptions> options, TimeProvider time)
{
    private const int HoursMax = 1000;
    private static readonly TimeSpan HoursBack = HeatmapWindow.Month.Length + TimeSpan.FromHours(2);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    // Nearer than this is as near as minutes get.
    private static readonly TimeSpan Exact = TimeSpan.FromMinutes(2);

    // One answer of minutes reaches so far, and who does not have them is not asked again sooner.
    private static readonly TimeSpan AnswerReaches = TimeSpan.FromMinutes(VenueBars.PageMax / 2);

    private readonly Dictionary<(Symbol Market, HeatmapWindow? Window), DateTimeOffset> asked = [];
    private volatile PastPrices known = PastPrices.Unknown;
    private int markets;

    /// <summary>As of the last look.</summary>
    public PastPrices Known => known;

    /// <summary>Looks when it is time. For one caller.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var followed = Followed();
        if (followed.Count == 0 || (time.GetUtcNow() - known.At < Period && followed.Count == markets))
            return;

        markets = followed.Count;
        var now = BarLevel.Minute.StartOf(time.GetUtcNow());
        var then = await LookAsync(now, cancellationToken);
        known = PastPrices.Of(now, then, options.Value.ReferenceAsset);
        // It may take its time, and what is there is shown meanwhile.
        if (await AskAsync(followed, now, then, cancellationToken))
            known = PastPrices.Of(now, await LookAsync(now, cancellationToken), options.Value.ReferenceAsset);
    }

    private IReadOnlyList<Symbol> Followed() =>
        [.. aggregator.Markets.Where(market => market.Kind is InstrumentKind.Spot).Select(market => market.Market)];

    private Task<IReadOnlyList<IReadOnlyList<MarketPoint>>> LookAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        stored.AsOfAsync([.. HeatmapWindows.Stored.Select(window => (now - window.Length, window.CloseAgeMax))], cancellationToken);

    /// <returns>Whether something came.</returns>
    private async Task<bool> AskAsync(
        IReadOnlyList<Symbol> followed, DateTimeOffset now, IReadOnlyList<IReadOnlyList<MarketPoint>> then, CancellationToken cancellationToken)
    {
        var cameAny = false;
        foreach (var (window, points) in HeatmapWindows.Stored.Zip(then))
        {
            var began = now - window.Length;
            var exact = points.Where(point => began - point.At <= Exact).Select(point => point.Market).ToHashSet();
            foreach (var market in followed.Where(market => !exact.Contains(market)))
            {
                // Who keeps no minutes for so long may keep hours.
                cameAny |= await AskOnceAsync(market, window, CandleInterval.OneMinute, began - Exact, VenueBars.PageMax, cancellationToken)
                    || await AskOnceAsync(market, window: null, CandleInterval.OneHour, now - HoursBack, HoursMax, cancellationToken);
            }
        }

        return cameAny;
    }

    private async Task<bool> AskOnceAsync(
        Symbol market, HeatmapWindow? window, CandleInterval interval, DateTimeOffset from, int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (asked.TryGetValue((market, window), out var at) && now - at < AnswerReaches)
            return false;
        if (venues.All.FirstOrDefault(each => IsAsked(each.Venue, market)) is not { } venue)
            return false;

        asked[(market, window)] = now;
        var instrument = catalog.Find(venue.Venue, new MarketKey(market))!;
        var (level, id) = (interval is CandleInterval.OneMinute ? BarLevel.Minute : BarLevel.Hour, await instruments.IdAsync(venue.Venue, new(market), cancellationToken));
        return await venue.Parts.MarketData.CandlesAsync(instrument, interval, from, limit, cancellationToken)
                is VenueAnswer<IReadOnlyList<Candle>>.Answered { Value: { Count: > 0 } candles }
            && await bars.WriteAsync(
                [
                    .. candles.Where(candle => candle.OpenTime + level.Length <= now)
                        .Select(candle => new BarRow(id, level, VenueBars.BarOf(candle), BarOrigin.Fetched)),
                ],
                cancellationToken) > 0;
    }

    private bool IsAsked(VenueId venue, Symbol market) =>
        !switches.IsKilled(venue, VenueActivity.Data) && catalog.Find(venue, new MarketKey(market)) is not null;
}
