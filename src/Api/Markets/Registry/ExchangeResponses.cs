using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;

namespace Platform.Api.Markets.Registry;

/// <summary>How the platform stands with an exchange now.</summary>
public enum ExchangeStatus
{
    /// <summary>Known, but nothing runs against it.</summary>
    NotConnected = 0,

    Connected,

    /// <summary>Its stream is down; another attempt follows.</summary>
    Disconnected,

    /// <summary>A person stopped its data.</summary>
    Halted,
}

/// <summary>An exchange in a list.</summary>
/// <param name="IsHome">Whether pools trade there.</param>
/// <param name="MakerFee">A fraction of what is traded: 0.001 is a tenth of a per cent.</param>
/// <param name="Yes">How many of the thirty capabilities it has, by itself or emulated.</param>
/// <param name="Killed">What a person stopped there.</param>
public sealed record ExchangeResponse(
    VenueId ExchangeId, string Name, bool IsHome, ExchangeStatus Status, IReadOnlyList<VenueActivity> Killed,
    IReadOnlyList<string> Countries, decimal MakerFee, decimal TakerFee, int Yes, int No, int Unknown, int Chains)
{
    public static ExchangeResponse Of(ExchangeDetail detail) => new(
        detail.ExchangeId, detail.Name, detail.IsHome, detail.Status, [.. detail.Kills.Select(kill => kill.Activity)],
        detail.Countries, detail.Fees.Maker, detail.Fees.Taker,
        detail.Capabilities.Count(flag => flag.Value is CapabilityValue.Yes or CapabilityValue.Emulated),
        detail.Capabilities.Count(flag => flag.Value is CapabilityValue.No),
        detail.Capabilities.Count(flag => flag.Value is CapabilityValue.Unknown), detail.Chains.Count);
}

/// <summary>All that the registry holds of an exchange.</summary>
/// <param name="Source">Of whatever has no source of its own.</param>
/// <param name="Website">Null where it has none, as the paper venue.</param>
/// <param name="FeesPage">Null where the source knows none.</param>
/// <param name="Kills">What a person stopped there, and why.</param>
/// <param name="Capabilities">All thirty, in their order.</param>
public sealed record ExchangeDetail(
    VenueId ExchangeId, string Name, bool IsHome, ExchangeStatus Status, IReadOnlyList<string> Countries, string? Website,
    string Documentation, string? FeesPage, VenueFees Fees, VenueRateLimit RateLimit, IReadOnlyList<VenueKill> Kills,
    IReadOnlyList<VenueChain> Chains, IReadOnlyList<CapabilityResponse> Capabilities, string Source, DateOnly At)
{
    public static ExchangeDetail Of(Venue venue, VenueEntry? decided, ExchangeStatus status, bool isHome) => new(
        venue.Id, venue.Name, isHome, status, venue.Countries, venue.Website, venue.Documentation, venue.FeesPage,
        decided?.Fees ?? venue.Fees, venue.RateLimit, [.. (decided?.Kills ?? []).OrderBy(kill => kill.Activity)], venue.Chains,
        [.. venue.Capabilities.OrderBy(flag => flag.Flag).Select(flag => CapabilityResponse.Of(
            flag, decided?.Flags.FirstOrDefault(correction => correction.Flag == flag.Flag)))], venue.Source, venue.At);
}

/// <summary>One answer to one of the thirty questions.</summary>
/// <param name="Number">1 to 30.</param>
/// <param name="IsCorrected">Whether a person said so over what the sources say.</param>
public sealed record CapabilityResponse(
    int Number, Capability Capability, CapabilityGroup Group, CapabilityValue Value, string Source, string Evidence, DateOnly At,
    bool IsCorrected)
{
    public static CapabilityResponse Of(CapabilityFlag known, CapabilityFlag? correction)
    {
        var flag = correction ?? known;
        return new((int)flag.Flag, flag.Flag, flag.Flag.Group, flag.Value, flag.Source, flag.Evidence, flag.At, correction is not null);
    }
}

/// <summary>One market that an exchange lists or listed.</summary>
/// <param name="EffectiveFrom">Since when the rules hold; null while none do.</param>
/// <param name="Source">Who says so; null while no rules hold.</param>
/// <param name="EndsAt">When the exchange means to take it off; null: it has said nothing of the kind.</param>
public sealed record ListedMarketResponse(
    Symbol Market, bool IsListed, decimal? TickSize, decimal? LotSize, decimal? MinQuantity, decimal? MinNotional,
    DateTimeOffset? EffectiveFrom, string? Source, DateTimeOffset? EndsAt)
{
    public static ListedMarketResponse Of(ListedInstrument instrument, DateTimeOffset at)
    {
        var held = instrument.RulesAt(at);
        return new(
            instrument.Market, instrument.IsListed, held?.Rules.Price.TickSize, held?.Rules.Lot.Step.Value, held?.Rules.Lot.Min.Value,
            held?.Rules.Notional.Min.Value, held?.EffectiveFrom, held?.Source, instrument.EndsAt);
    }
}

/// <summary>What an order had to keep to at an instant; zero, or null, means no such rule.</summary>
/// <param name="Until">When the next rules begin, as far as is known; null while none are announced.</param>
public sealed record InstrumentRulesResponse(
    VenueId ExchangeId, Symbol Market, MarketRules Rules, DateTimeOffset EffectiveFrom, DateTimeOffset? Until, string Source);
