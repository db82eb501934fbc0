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

    // What was not traded for a day has no price.
    private static readonly TimeSpan PriceAgeMax = TimeSpan.FromDays(1);

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
        var read = await stored.AsOfAsync(
            [(hour, PriceAgeMax), .. HeatmapWindows.Stored.Select(window => (hour - window.Length, window.CloseAgeMax))], cancellationToken);
        var reference = options.Value.ReferenceAsset;
        var past = PastPrices.Of(hour, read.Skip(1), reference);
        return HeatmapView.Of(
            hour, reference, AssetPricing.Of(read[0], reference), await supplies.KnownAtAsync(hour, cancellationToken), past.Before);
    }
}
