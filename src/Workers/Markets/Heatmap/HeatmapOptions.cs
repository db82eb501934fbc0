using System.ComponentModel.DataAnnotations;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Heatmap;

/// <summary>What the heatmap is told in; the section <c>Platform:Heatmap</c>.</summary>
public sealed class HeatmapOptions : IValidatableObject
{
    public const string Section = "Platform:Heatmap";

    /// <summary>An asset that much is traded in. A stablecoin is itself and not the currency that it follows.</summary>
    [Required, RegularExpression("^[A-Z0-9.]{1,20}$")]
    public string Reference { get; set; } = "USDT";

    /// <summary>How much there is of assets that no fetcher counts, by their codes.</summary>
    public IDictionary<string, DeclaredSupply> Supplies { get; } = new Dictionary<string, DeclaredSupply>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (asset, supply) in Supplies)
        {
            List<ValidationResult> faults = [];
            Validator.TryValidateObject(supply, new(supply), faults, validateAllProperties: true);
            if (!Asset.IsWellFormed(asset))
                faults.Add(new($"{asset} is the code of no asset."));
            foreach (var fault in faults)
                yield return new($"{asset}: {fault.ErrorMessage}", [nameof(Supplies)]);
        }
    }

    internal Asset ReferenceAsset => Asset.From(Reference);
}
