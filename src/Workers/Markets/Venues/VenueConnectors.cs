using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Markets.Venues;

/// <summary>Every connector that there is.</summary>
internal static class VenueConnectors
{
    public static IReadOnlyList<VenueConnector> All { get; } =
    [
        BinanceConnector.Of,
    ];

    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static VenueConnector Named(string name) =>
        All.FirstOrDefault(connector => string.Equals(connector.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"No connector '{name}'; there are {string.Join(", ", All.Select(connector => connector.Name))}.", nameof(name));
}
