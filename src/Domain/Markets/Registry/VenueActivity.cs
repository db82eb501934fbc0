using Platform.Domain.Values;

namespace Platform.Domain.Markets.Registry;

/// <summary>What the platform does at an exchange, and a kill switch stops. The names are stored.</summary>
public enum VenueActivity
{
    /// <summary>New orders. What rests there can always be called off.</summary>
    Trade = 0,

    /// <summary>Money out.</summary>
    Withdraw,

    /// <summary>Prices in: a stopped exchange counts for none.</summary>
    Data,
}

/// <summary>An activity that a person stopped.</summary>
/// <param name="Reason">In the person's words; everybody may read it.</param>
public sealed record VenueKill(VenueActivity Activity, string Reason, DateTimeOffset Since)
{
    /// <summary>By this a refusal is known as the platform's own, and as none of the venue.</summary>
    public const string Code = "venue_killed";

    /// <summary>What whoever wants to trade there is told.</summary>
    public static Refusal TradingKilled { get; } =
        new(Code, "Trading at this venue was stopped by the platform; open orders can be canceled.");
}
