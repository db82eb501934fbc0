using System.ComponentModel.DataAnnotations;
using Platform.Domain.Markets.Heatmap;

namespace Platform.Workers.Markets.Heatmap;

/// <summary>
/// How much there is of an asset that no fetcher counts, by the word of whoever runs the platform: a number, the height of Bitcoin's chain,
/// from which it follows, or the contract whose supply is that of the asset. One of the three.
/// </summary>
public sealed class DeclaredSupply : IValidatableObject
{
    /// <summary>Whole units that circulate.</summary>
    [Range(typeof(decimal), "0.000000000000000001", "79228162514264337593543950335", ParseLimitsInInvariantCulture = true)]
    public decimal? Circulating { get; set; }

    /// <summary>Of Bitcoin's last block.</summary>
    [Range(0, 100_000_000)]
    public long? BitcoinHeight { get; set; }

    /// <summary>A followed token, as <c>eip155:1/0x…</c>: all of it circulates, as of one that wraps another asset.</summary>
    [RegularExpression("^[a-z0-9-]{3,8}:[a-zA-Z0-9-]{1,32}/0x[0-9a-fA-F]{40}$")]
    public string? Token { get; set; }

    /// <summary>Who says so; goes with every answer. Of a token it is the contract.</summary>
    [MaxLength(100)]
    public string? Source { get; set; }

    /// <summary>When it was so; of a token it is when it was read.</summary>
    public DateTimeOffset? At { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (((object?[])[Circulating, BitcoinHeight, Token]).Count(given => given is not null) != 1)
            yield return new("A supply is declared by one of Circulating, BitcoinHeight and Token.");
        if (Token is null && (Source is null || At is null))
            yield return new("A declared supply names its Source and At.");
    }

    /// <summary>Null where a contract says how much it is.</summary>
    internal SupplyFact? Fact => this switch
    {
        { Circulating: { } amount } => new(amount, Source!, At!.Value),
        { BitcoinHeight: { } height } => new(BitcoinSupply.At(height), Source!, At!.Value),
        _ => null,
    };
}
