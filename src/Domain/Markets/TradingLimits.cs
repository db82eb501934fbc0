using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>Which asset a venue takes its fee in.</summary>
public enum FeeCurrency
{
    /// <summary>The venue does not say.</summary>
    Unknown = 0,

    /// <summary>What the side receives: base on a buy, quote on a sell.</summary>
    Received,

    /// <summary>The quote asset, on either side.</summary>
    Quote,
}

/// <summary>
/// What a venue demands of all orders of an account on a market together, and judges itself: it alone knows all of them. Null
/// where it demands nothing.
/// </summary>
/// <param name="MaxAlgoOrders">Of the open ones, stop and other triggered orders.</param>
/// <param name="MaxPosition">Base units: what is held and what open buys would add.</param>
public sealed record TradingLimits(
    int? MaxOpenOrders = null, int? MaxAlgoOrders = null, Quantity? MaxPosition = null, FeeCurrency FeeCurrency = FeeCurrency.Unknown)
{
    public static TradingLimits None { get; } = new();
}
