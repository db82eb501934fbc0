using Microsoft.Extensions.Options;
using Platform.Domain.Markets.Heatmap;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Heatmap;

/// <summary>The latest heatmap. Written by its keeper, read by anyone.</summary>
public sealed class HeatmapBoard(IOptions<HeatmapOptions> options)
{
    /// <summary>So many assets are told one by one.</summary>
    public const int TilesMax = 300;

    private volatile HeatmapView? view;

    /// <summary>What all is told in.</summary>
    public Asset Reference => options.Value.ReferenceAsset;

    /// <summary>Null before the first market is known.</summary>
    public HeatmapView? View
    {
        get => view;
        internal set => view = value;
    }
}
