using System.Globalization;
using System.Runtime.InteropServices;

namespace Platform.Workers.Markets.History;

/// <summary>Ids of trades that never came, both included, where ids rise by one. As a gap's evidence: <c>1001-1004</c>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MissingTrades(long First, long Last)
{
    /// <summary>False when the evidence is none of ids.</summary>
    public static bool TryFrom(string? evidence, out MissingTrades missing)
    {
        missing = default;
        if (evidence?.Split('-') is not [var first, var last]
            || !long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to))
            return false;

        missing = new(from, to);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");
}
