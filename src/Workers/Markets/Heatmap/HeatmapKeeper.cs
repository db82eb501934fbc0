using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Markets.Heatmap;
using Platform.Projections;
using Platform.Workers.Realtime;

namespace Platform.Workers.Markets.Heatmap;

/// <summary>Makes the heatmap twice a second, and tells who watches it what changed.</summary>
public sealed partial class HeatmapKeeper(
    MarketPoints points, HeatmapPast past, AssetSupplies supplies, HeatmapBoard board, Topics topics, IOptions<HeatmapOptions> options,
    TimeProvider time, ILogger<HeatmapKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly LiveHeatmap live = new(options.Value.ReferenceAsset);

    // Neither ends by itself: the first to end broke, and the host is to know. What the database or a venue says may take its time.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await await Task.WhenAny(TellAsync(stoppingToken), LookBackAsync(stoppingToken));

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            if (points.Now() is { Count: > 0 } now)
                Tell(live.Next(time.GetUtcNow(), now, past.Known, supplies.Known));
            else if (board.View is { } last)
                Tell(last with { Tiles = [.. last.Tiles.Select(Unpriced)] });
    }

    private void Tell(HeatmapView next)
    {
        var before = (board.View?.Tiles ?? []).ToDictionary(tile => tile.Asset);
        board.View = next;
        foreach (var tile in next.Tiles.Take(HeatmapBoard.TilesMax))
            if (!before.Remove(tile.Asset, out var known) || !known.SaysTheSameAs(tile))
                topics.Upsert(HeatmapFamily.Topic, tile.Asset.Value, tile);
        foreach (var gone in before.Values.Where(tile => tile.Rank <= HeatmapBoard.TilesMax))
            topics.Upsert(HeatmapFamily.Topic, gone.Asset.Value, Unpriced(gone));
    }

    // Nobody prices it any more: its last price stays, and is said to be none.
    private static HeatmapTile Unpriced(HeatmapTile tile) => tile with { Quality = IndexQuality.None };

    /// <summary>What the database knows: supplies now and then, the past each minute. An outage holds up neither prices nor their watchers.</summary>
    private async Task LookBackAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            try
            {
                await supplies.RefreshAsync(cancellationToken);
                await past.RefreshAsync(cancellationToken);
            }
            catch (Exception error) when (error.IsStoreOutage)
            {
                LogNotRead(error.Message);
            }
    }

    [LoggerMessage(LogLevel.Warning, "What the heatmap needs of the database could not be read: {Reason}")]
    private partial void LogNotRead(string reason);
}
