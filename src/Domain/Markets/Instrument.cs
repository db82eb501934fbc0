using Platform.Domain.Values;

namespace Platform.Domain.Markets;

/// <summary>What kind of contract an instrument is (FIX 167 SecurityType, in the words of crypto venues).</summary>
public enum InstrumentKind
{
    /// <summary>Base against quote, settled at once. Only these make up a market's price.</summary>
    Spot = 0,

    /// <summary>A future that never expires, held to its index by funding.</summary>
    Perpetual,

    Future,

    Option,

    /// <summary>Two legs that trade as one.</summary>
    Spread,
}

/// <summary>One thing that a venue lists.</summary>
/// <param name="VenueSymbol">As the venue writes it: BTCUSDT, XBT/USD, BTC-USDT-SWAP.</param>
/// <param name="Market">In our spelling; of a derivative, the pair that it is on.</param>
/// <param name="IsTrading">False while the venue takes no orders on it.</param>
/// <param name="Derivative">Null for spot.</param>
/// <param name="Fees">What an account without discount pays; null where the venue does not say it here.</param>
public sealed record Instrument(
    VenueId Venue, string VenueSymbol, Symbol Market, InstrumentKind Kind, MarketRules Rules, bool IsTrading,
    DerivativeTerms? Derivative = null, FeeRates? Fees = null);

/// <param name="ContractSize">Units of the base asset (linear) or of the quote asset (inverse) in one contract.</param>
/// <param name="IsInverse">Settled in the base asset.</param>
/// <param name="SettleAsset">What profit and loss are paid in.</param>
/// <param name="ExpiresAt">Null for perpetuals.</param>
/// <param name="Strike">Options only, in quote units.</param>
/// <param name="IsCall">Options only.</param>
public sealed record DerivativeTerms(
    decimal ContractSize, bool IsInverse, Asset SettleAsset, DateTimeOffset? ExpiresAt = null, Price? Strike = null,
    bool? IsCall = null);

/// <summary>Fractions of what is traded: 0.001 is a tenth of a per cent. Below zero is a rebate.</summary>
public readonly record struct FeeRates(decimal Maker, decimal Taker);
