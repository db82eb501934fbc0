using Platform.Domain.Markets.Registry;

namespace Platform.Api.Markets.Registry;

/// <summary>What to stop, or to let go on, and why.</summary>
/// <param name="Reason">1 to 500 characters; everybody may read it.</param>
public sealed record KillSwitchRequest(VenueActivity Activity, string Reason);

/// <summary>What an exchange can do, over what the sources say.</summary>
/// <param name="Source">Who says so.</param>
/// <param name="Evidence">What exactly they say, or the page to read.</param>
public sealed record CapabilityRequest(Capability Capability, CapabilityValue Value, string Source, string Evidence);

/// <summary>What an exchange takes, over what the sources say.</summary>
/// <param name="Maker">A fraction of what is traded: 0.001 is a tenth of a per cent.</param>
public sealed record VenueFeesRequest(decimal Maker, decimal Taker, bool IsTiered, string Source);

/// <summary>Rules that an exchange announced; what is null stays as it is at that instant.</summary>
/// <param name="EffectiveFrom">From when on they hold; may lie ahead.</param>
public sealed record RulesRequest(
    DateTimeOffset EffectiveFrom, string Source, decimal? TickSize = null, decimal? LotSize = null, decimal? MinQuantity = null,
    decimal? MaxQuantity = null, decimal? MinNotional = null);
