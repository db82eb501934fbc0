namespace Platform.Domain.Markets.Fetching;

/// <summary>US dollars that lie in the protocols of a chain.</summary>
public sealed record LockedValue(string Chain, decimal Usd) : FactContent;

/// <summary>How much of a stablecoin circulates, in units of what it is pegged to.</summary>
/// <param name="Price">In US dollars; null where nobody trades it.</param>
public sealed record StablecoinSupply(string Symbol, string PegType, decimal Circulating, decimal? Price) : FactContent;

/// <summary>One value of a statistical series.</summary>
/// <param name="Value">Null where the source says that there is none, as on a holiday.</param>
/// <param name="Unit">As the source counts: "percent", "index", "USD bn".</param>
public sealed record Observation(decimal? Value, string Unit) : FactContent;
