using Microsoft.Extensions.Options;
using Platform.Domain.Markets.Heatmap;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.Heatmap;

/// <summary>The heatmap of any past hour, out of stored bars.</summary>
public sealed class PastHeatmaps(StoredPrices stored, AssetSupplies supplies, IOptions<HeatmapOptions> options, TimeProvider time)
{
    private const int KeptMax = 64;

    // The running hour, and one that healing may still change, are read again.
    private static readonly TimeSpan Settled = TimeSpan.FromHours(26);

    private readonly Lock gate = new();
    private readonly Dictionary<DateTimeOffset, HeatmapView> kept = [];

    /// <summary>As of the start of the hour; without tiles where nothing is stored. What books held is not known of then; supplies are those that had been published.</summary>
    public async Task<HeatmapView> AsOfAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var hour = new DateTimeOffset(at.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        lock (gate)
            if (kept.TryGetValue(hour, out var known))
                return known;

        var read = await ReadAsync(hour, cancellationToken);
        if (time.GetUtcNow() - hour > Settled)
            lock (gate)
            {
                if (kept.Count >= KeptMax)
                    kept.Clear();
                kept[hour] = read;
            }
        return read;
    }

    private async Task<HeatmapView> ReadAsync(DateTimeOffset hour, CancellationToken cancellationToken)
    {
        HeatmapWindow[] windows = [HeatmapWindow.Hour, HeatmapWindow.Day, HeatmapWindow.Week, HeatmapWindow.Month];
        var read = await stored.AsOfAsync(
            [(hour, true), .. windows.Select(window => (hour - AssetPast.LengthOf(window), window is not HeatmapWindow.Hour))], cancellationToken);
        var reference = options.Value.ReferenceAsset;
        var prices = read.Select(points => AssetPricing.Of(points, reference)).ToArray();
        var before = windows.Zip(prices.Skip(1)).ToDictionary(
            it => it.First, it => it.Second.Assets.ToDictionary(asset => asset.Asset, asset => asset.Price));
        var supply = await supplies.KnownAtAsync(hour, cancellationToken);
        return HeatmapView.Of(hour, reference, prices[0], supply, (asset, window) =>
            before.TryGetValue(window, out var then) && then.TryGetValue(asset, out var price) ? price : null);
    }
}
