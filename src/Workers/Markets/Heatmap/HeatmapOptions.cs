using System.ComponentModel.DataAnnotations;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Heatmap;

/// <summary>What the heatmap is told in; the section <c>Platform:Heatmap</c>.</summary>
public sealed class HeatmapOptions
{
    public const string Section = "Platform:Heatmap";

    /// <summary>An asset that much is traded in. A stablecoin is itself and not the currency that it follows.</summary>
    [Required, RegularExpression("^[A-Z0-9.]{1,20}$")]
    public string Reference { get; set; } = "USDT";

    internal Asset ReferenceAsset => Asset.From(Reference);
}
