using System.Globalization;
using System.Text.Json.Serialization;

namespace Platform.Domain.Values;

/// <summary>So much of one asset; may be negative where a sum can be. Two assets never add up.</summary>
/// <param name="Amount">Units of <paramref name="Asset"/>, exact.</param>
public readonly record struct Money([property: JsonConverter(typeof(DecimalConverter))] decimal Amount, Asset Asset)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Asset}");
}
