using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Budgets;

namespace Platform.Workers.Markets;

/// <summary>One venue as the platform is connected to it.</summary>
public sealed record ConnectedVenue(VenueId Venue, VenueSettings Settings, VenueAccess Access, VenueParts Parts)
{
    internal VenueLink Link { get; init; } = null!;
}

/// <summary>All venues that the configuration names, the home venue first. Nothing is asked of a venue before its feed starts.</summary>
public sealed class ConnectedVenues : IDisposable
{
    private readonly Dictionary<VenueId, ConnectedVenue> byName;

    internal ConnectedVenues(
        IOptions<VenueOptions> home, IConfiguration configuration, IHttpClientFactory clients, VenueBudgets budgets,
        KillSwitches switches, TimeProvider time, Random random)
    {
        Home = Connect(home.Value.Name, home.Value, clients, budgets, switches, time, random);
        All = [Home, .. configuration.GetSection(VenueSettings.Sections).GetChildren()
            .Where(section => !string.Equals(section.Key, home.Value.Name, StringComparison.OrdinalIgnoreCase))
            .Select(section => Connect(section.Key.ToLowerInvariant(), Read(section), clients, budgets, switches, time, random))];
        byName = All.ToDictionary(venue => venue.Venue);
    }

    /// <summary>Where orders go.</summary>
    public ConnectedVenue Home { get; }

    /// <exception cref="InvalidOperationException">The home venue's connector knows of markets alone.</exception>
    public IVenueTrading Trading => Home.Parts.Trading
        ?? throw new InvalidOperationException($"The connector of {Home.Venue} takes no orders; another venue must be the home venue.");

    public IReadOnlyList<ConnectedVenue> All { get; }

    /// <summary>Null when the configuration names no such venue.</summary>
    public ConnectedVenue? Find(VenueId venue) => byName.GetValueOrDefault(venue);

    public void Dispose()
    {
        foreach (var venue in All)
        {
            foreach (var part in (object?[])[venue.Parts.MarketData, venue.Parts.Trading, venue.Parts.Account, venue.Parts.Withdrawals])
                (part as IDisposable)?.Dispose();
            venue.Access.Dispose();
        }
    }

    private static VenueSettings Read(IConfigurationSection section)
    {
        var settings = section.Get<VenueSettings>() ?? new VenueSettings();
        System.ComponentModel.DataAnnotations.Validator.ValidateObject(settings, new(settings), validateAllProperties: true);
        return settings;
    }

    private static ConnectedVenue Connect(
        string name, VenueSettings settings, IHttpClientFactory clients, VenueBudgets budgets, KillSwitches switches, TimeProvider time,
        Random random)
    {
        var connector = VenueConnectors.Named(settings.Connector ?? name);
        if (settings.OrdersBy is OrderTransport.WebSocket && !connector.TakesOrdersByWebSocket)
            throw new ArgumentException($"The connector {connector.Name} sends orders by REST alone; so must {name}.", nameof(settings));

        var access = new VenueAccess();
        var stream = settings.StreamUrl ?? connector.Stream;
        var link = new VenueLink(
            VenueId.From(name), settings.RestUrl ?? connector.Rest, stream,
            settings.ApiStreamUrl ?? (settings.StreamUrl is null ? connector.PrivateStream : null) ?? stream,
            settings.CallTimeout, settings.Silence ?? connector.Silence, clients, access, budgets, switches, time, random)
        {
            OrdersBy = settings.OrdersBy,
        };
        var parts = connector.Connect(link);
        return new(link.Venue, settings, access, parts with { Withdrawals = WithdrawalGate.Before(parts.Withdrawals, switches) }) { Link = link };
    }
}
