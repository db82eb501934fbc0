using Platform.Domain.Identity;
using Platform.Domain.Markets.Heatmap;
using Platform.Workers.Realtime;

namespace Platform.Workers.Markets.Heatmap;

/// <summary>The topic <c>heatmap/assets</c>: one row an asset, by its name.</summary>
public sealed class HeatmapFamily(HeatmapBoard board) : ITopicFamily
{
    private const string FamilyName = "heatmap";
    private const string Entity = "assets";

    public static Topic Topic { get; } = new(FamilyName, Entity);

    public string Name => FamilyName;

    public TopicShape Shape => TopicShape.Keyed;

    public Permission Permission => OpenPermissions.ReadAssets;

    public ValueTask<TopicSnapshot?> SnapshotAsync(string entity, CancellationToken cancellationToken) => ValueTask.FromResult(
        string.Equals(entity, Entity, StringComparison.Ordinal)
            ? new TopicSnapshot((HeatmapTile[])[.. (board.View?.Tiles ?? []).Take(HeatmapBoard.TilesMax)])
            : null);
}
