using System.Collections.Frozen;
using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Markets.Registry;

/// <summary>An exchange as the registry's sources describe it.</summary>
/// <param name="Source">Of whatever has no source of its own.</param>
/// <param name="Countries">ISO 3166-1 alpha-2, where it is registered as far as the source knows; may be none.</param>
/// <param name="Documentation">Of its protocol.</param>
/// <param name="Website">Null where it has none, as the paper venue.</param>
/// <param name="FeesPage">Null where the source knows none.</param>
/// <param name="Chains">Over which it takes and pays; what is not there is unknown, not excluded.</param>
/// <param name="Capabilities">All thirty.</param>
public sealed record Venue(
    VenueId Id, string Name, string Source, DateOnly At, IReadOnlyList<string> Countries, string Documentation,
    VenueFees Fees, VenueRateLimit RateLimit, IReadOnlyList<VenueChain> Chains, IReadOnlyList<CapabilityFlag> Capabilities,
    string? Website = null, string? FeesPage = null);

/// <summary>What an account without any discount pays.</summary>
/// <param name="Maker">A fraction of what is traded: 0.001 is a tenth of a per cent.</param>
/// <param name="IsTiered">Whether who trades more pays less.</param>
public sealed record VenueFees(
    [property: JsonConverter(typeof(DecimalConverter))] decimal Maker,
    [property: JsonConverter(typeof(DecimalConverter))] decimal Taker, bool IsTiered, string Source, DateOnly At);

/// <param name="MillisecondsPerRequest">What clients of all kinds keep between two plain requests; routes have weights of their own.</param>
public sealed record VenueRateLimit(int MillisecondsPerRequest, string Source, DateOnly At);

/// <summary>A chain over which an exchange takes and pays.</summary>
/// <param name="Chain">The id of a <see cref="Registry.Chain"/>.</param>
/// <param name="Network">As the exchange writes it.</param>
public sealed record VenueChain(string Chain, string Network, string Evidence, string Source, DateOnly At)
{
    public bool IsOver(Chain chain) => string.Equals(Chain, chain.Id, StringComparison.Ordinal);
}

/// <summary>All exchanges that the platform knows, whether it is connected to them or not.</summary>
public static class Venues
{
    private static readonly FrozenDictionary<VenueId, Venue> ById =
        RegistryFile.Read<VenuesFile>("venues").Venues.Concat(RegistryFile.Read<VenuesFile>("home").Venues)
            .ToFrozenDictionary(venue => venue.Id);

    /// <summary>By id.</summary>
    public static IReadOnlyList<Venue> All { get; } = [.. ById.Values.OrderBy(venue => venue.Id.Value, StringComparer.Ordinal)];

    public static Venue? Find(VenueId id) => ById.GetValueOrDefault(id);
}

internal sealed record VenuesFile(IReadOnlyList<Venue> Venues);
