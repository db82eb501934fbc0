using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Markets.Registry;

/// <summary>The stream of what people decided about one exchange; one of each.</summary>
[JsonConverter(typeof(ValueConverter<VenueEntryId, Guid>))]
public readonly record struct VenueEntryId(Guid Value) : IValue<VenueEntryId, Guid>
{
    public static VenueEntryId From(Guid value) => new(value);

    public static VenueEntryId For(VenueId venue) => new(DerivedId.Of("venue-entry", venue.Value));

    public override string ToString() => Value.ToString("D");
}

/// <summary>What people decided about an exchange, over what the registry's sources say.</summary>
/// <param name="Flags">The last word on each capability that was corrected.</param>
/// <param name="Fees">Null while the sources' fees stand.</param>
/// <param name="Kills">What is stopped now.</param>
public sealed record VenueEntry(
    VenueEntryId Id, VenueId Venue, ImmutableArray<CapabilityFlag> Flags, VenueFees? Fees, ImmutableArray<VenueKill> Kills)
{
    public static VenueEntry? Evolve(VenueEntry? entry, VenueEntryEvent happened) => happened switch
    {
        CapabilityCorrected e => Of(entry, e.VenueEntryId, e.VenueId).Correct(e.Flag),
        VenueFeesCorrected e => Of(entry, e.VenueEntryId, e.VenueId) with { Fees = e.Fees },
        VenueKilled e => Of(entry, e.VenueEntryId, e.VenueId).Kill(new(e.Activity, e.Reason, e.At)),
        VenueRevived e => entry?.Revive(e.Activity),
        _ => entry,
    };

    public bool IsKilled(VenueActivity activity) => Kills.Any(kill => kill.Activity == activity);

    private VenueEntry Correct(CapabilityFlag correction) =>
        this with { Flags = [.. Flags.Where(flag => flag.Flag != correction.Flag), correction] };

    private VenueEntry Kill(VenueKill kill) => this with { Kills = [.. Revive(kill.Activity).Kills, kill] };

    private VenueEntry Revive(VenueActivity activity) => this with { Kills = [.. Kills.Where(kill => kill.Activity != activity)] };

    private static VenueEntry Of(VenueEntry? entry, VenueEntryId id, VenueId venue) => entry ?? new(id, venue, [], Fees: null, []);
}
