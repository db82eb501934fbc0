using Platform.Domain.Values;

namespace Platform.Domain.Markets.Registry;

/// <summary>Say what the exchange can do, over what the sources say.</summary>
public sealed record CorrectCapability(VenueId VenueId, CapabilityFlag Flag);

/// <summary>Say what the exchange takes, over what the sources say.</summary>
public sealed record CorrectVenueFees(VenueId VenueId, VenueFees Fees);

/// <summary>Stop doing something there, at once and everywhere.</summary>
public sealed record KillVenue(VenueId VenueId, VenueActivity Activity, string Reason, DateTimeOffset At);

/// <summary>Let it be done there again.</summary>
public sealed record ReviveVenue(VenueId VenueId, VenueActivity Activity, string Reason, DateTimeOffset At);

/// <summary>The rules of what people decide about an exchange.</summary>
public static class VenueEntryDecider
{
    /// <summary>What a person writes for everybody to read.</summary>
    public const int WordsMax = 500;

    // Above a tenth it is no trading fee, and a rebate of more than a tenth neither.
    private const decimal FeeMax = 0.1m;

    public static Decision<VenueEntryEvent> Decide(CorrectCapability command, VenueEntry? entry) => command.Flag switch
    {
        _ when Venues.Find(command.VenueId) is null => Refusal.NotFound,
        { Flag: var flag } when !Enum.IsDefined(flag) => new Refusal("unknown_capability", "There is no such capability.", "capability"),
        { Source: var source, Evidence: var evidence } when (Missing(source, "source") ?? Missing(evidence, "evidence")) is { } missing => missing,
        var flag when entry?.Flags.Contains(flag) is true => Decision<VenueEntryEvent>.Nothing,
        var flag => new CapabilityCorrected(VenueEntryId.For(command.VenueId), command.VenueId, flag),
    };

    public static Decision<VenueEntryEvent> Decide(CorrectVenueFees command, VenueEntry? entry) => command.Fees switch
    {
        _ when Venues.Find(command.VenueId) is null => Refusal.NotFound,
        { Maker: < -FeeMax or > FeeMax } => new Refusal("fee_out_of_range", "A fee is a fraction: 0.001 is a tenth of a per cent.", "maker"),
        { Taker: < -FeeMax or > FeeMax } => new Refusal("fee_out_of_range", "A fee is a fraction: 0.001 is a tenth of a per cent.", "taker"),
        { Source: var source } when Missing(source, "source") is { } missing => missing,
        var fees when entry?.Fees == fees => Decision<VenueEntryEvent>.Nothing,
        var fees => new VenueFeesCorrected(VenueEntryId.For(command.VenueId), command.VenueId, fees),
    };

    /// <summary>Killed twice is killed, for the first reason.</summary>
    public static Decision<VenueEntryEvent> Decide(KillVenue command, VenueEntry? entry) => command switch
    {
        _ when Venues.Find(command.VenueId) is null => Refusal.NotFound,
        { Reason: var reason } when Missing(reason, "reason") is { } missing => missing,
        { Activity: var activity } when entry?.IsKilled(activity) is true => Decision<VenueEntryEvent>.Nothing,
        _ => new VenueKilled(VenueEntryId.For(command.VenueId), command.VenueId, command.Activity, command.Reason, command.At),
    };

    public static Decision<VenueEntryEvent> Decide(ReviveVenue command, VenueEntry? entry) => command switch
    {
        _ when Venues.Find(command.VenueId) is null => Refusal.NotFound,
        { Reason: var reason } when Missing(reason, "reason") is { } missing => missing,
        { Activity: var activity } when entry?.IsKilled(activity) is not true => Decision<VenueEntryEvent>.Nothing,
        _ => new VenueRevived(VenueEntryId.For(command.VenueId), command.VenueId, command.Activity, command.Reason, command.At),
    };

    internal static Refusal WordsMissing(string field) =>
        new("words_missing", $"Say it in 1 to {WordsMax} characters: others will want to know.", field);

    private static Refusal? Missing(string words, string field) =>
        string.IsNullOrWhiteSpace(words) || words.Length > WordsMax ? WordsMissing(field) : null;
}
