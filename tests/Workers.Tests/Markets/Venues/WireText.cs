using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>How many venues write the same.</summary>
internal static class WireText
{
    /// <summary>With eight places, whatever they are.</summary>
    public static string Padded(decimal value) => value.ToString("0.00000000", CultureInfo.InvariantCulture);

    /// <summary>Without places that say nothing.</summary>
    public static string Short(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    /// <summary>[["price","quantity"],…].</summary>
    public static string Pairs(IEnumerable<BookLevel> levels) => JsonSerializer.Serialize(
        levels.Select(level => (string[])[Padded(level.Price.Value), Padded(level.Quantity.Value)]));

    public static string SideOf(in PublicTrade trade) => trade.TakerSide is TakerSide.Buy ? "buy" : "sell";

    public static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
