using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Markets.Heatmap;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Markets;
using Platform.Workers.Markets.History;
using Platform.Workers.Realtime;

namespace Platform.Workers.Markets.Heatmap;

/// <summary>Makes the heatmap twice a second, and tells who watches it what changed.</summary>
public sealed partial class HeatmapKeeper(
    MarketPoints points, StoredPrices stored, BarHistory history, ConnectedVenues venues, AssetSupplies supplies, HeatmapBoard board, Topics topics,
    IOptions<HeatmapOptions> options, TimeProvider time, ILogger<HeatmapKeeper> logger) : BackgroundService
{
    private const int VenueBarsMax = 64;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private static readonly (BarLevel, CandleInterval)[] Levels =
        [(BarLevel.Day, CandleInterval.OneDay), (BarLevel.Hour, CandleInterval.OneHour), (BarLevel.Minute, CandleInterval.OneMinute)];

    private static readonly TimeSpan RestoreFirst = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RestoreMax = TimeSpan.FromMinutes(5);

    private readonly LiveHeatmap live = new(options.Value.ReferenceAsset);
    private readonly HashSet<Symbol> restored = [];
    private TimeSpan restorePeriod = RestoreFirst;
    private DateTimeOffset restoreNext;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = points.Now();
            if (now.Count == 0)
                continue;
            await ReadAsync(now, stoppingToken);
            Tell(live.Next(time.GetUtcNow(), now, supplies.Known));
        }
    }

    private void Tell(HeatmapView next)
    {
        var before = (board.View?.Tiles ?? []).ToDictionary(tile => tile.Asset);
        board.View = next;
        foreach (var tile in next.Tiles.Take(HeatmapBoard.TilesMax))
            if (!before.Remove(tile.Asset, out var known) || !known.SaysTheSameAs(tile))
                topics.Upsert(HeatmapFamily.Topic, tile.Asset.Value, tile);
        // Nobody prices it any more: its last price stays, and is said to be none.
        foreach (var gone in before.Values.Where(tile => tile.Rank <= HeatmapBoard.TilesMax))
            topics.Upsert(HeatmapFamily.Topic, gone.Asset.Value, gone with { Quality = IndexQuality.None });
    }

    /// <summary>What the database knows: supplies now and then, the past once. An outage holds up neither prices nor their watchers.</summary>
    private async Task ReadAsync(IReadOnlyList<MarketPoint> markets, CancellationToken cancellationToken)
    {
        try
        {
            await supplies.RefreshAsync(cancellationToken);
            await RestoreAsync(markets, cancellationToken);
        }
        catch (Exception error) when (error.IsStoreOutage)
        {
            LogNotRead(error.Message);
        }
    }

    // What is missed comes to be stored, and what is healed changes: often in the beginning, then now and then.
    private async Task RestoreAsync(IReadOnlyList<MarketPoint> markets, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (markets.Any(point => restored.Add(point.Market)))
            restorePeriod = RestoreFirst;
        else if (now < restoreNext)
            return;

        restoreNext = now + restorePeriod;
        restorePeriod = restorePeriod < RestoreMax ? restorePeriod * 2 : RestoreMax;
        foreach (var (level, interval) in Levels)
            await RestoreAsync(level, interval, markets, cancellationToken);
    }

    private async Task RestoreAsync(
        BarLevel level, CandleInterval interval, IReadOnlyList<MarketPoint> markets, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var bars = await stored.ClosesAsync(level, now - AssetPast.BackOf(level), now, cancellationToken);
        var known = bars.SelectMany(bar => bar.Closes).Select(close => close.Market).ToHashSet();
        List<(DateTimeOffset Start, MarketPoint Close)> asked = [];
        foreach (var market in markets.Select(point => point.Market).Where(market => !known.Contains(market)))
            if (await history.ReadAsync(
                    new(
                        venues.Home.Venue, new(market), Timeframe.From(interval.Code), From: null, To: null, VenueBarsMax, BarFill.None),
                    cancellationToken) is { } page)
                asked.AddRange(
                    from filled in page.Bars
                    where filled.Bar.Prices is not null
                    let bar = filled.Bar
                    select (bar.Start, new MarketPoint(
                        market, bar.Prices!.Value.Close.Value, bar.Start + level.Length, bar.Volume.Value, Depth: null, IndexQuality.Thin)));

        var all = bars.SelectMany(bar => bar.Closes.Select(close => (bar.Start, Close: close))).Concat(asked);
        foreach (var bar in all.GroupBy(row => row.Start).OrderBy(bar => bar.Key))
            live.Restore(level, bar.Key, [.. bar.Select(row => row.Close)]);
    }

    [LoggerMessage(LogLevel.Warning, "What the heatmap needs of the database could not be read: {Reason}")]
    private partial void LogNotRead(string reason);
}
