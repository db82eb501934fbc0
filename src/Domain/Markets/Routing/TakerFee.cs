using Platform.Domain.Values;

namespace Platform.Domain.Markets.Routing;

/// <summary>The asset in which a venue takes its fee.</summary>
public enum FeeCharge
{
    /// <summary>The quote asset, whatever the side.</summary>
    InQuote = 0,

    /// <summary>What the trade brings: the base asset of a buy, the quote asset of a sell.</summary>
    InReceived,

    /// <summary>A third asset, mostly the venue's own.</summary>
    InToken,
}

/// <summary>So many quote units for one unit of a third asset.</summary>
public readonly record struct TokenRate(Asset Token, Price Price);

/// <summary>What a venue takes from whoever takes liquidity.</summary>
/// <param name="Rate">A fraction of what is traded: 0.001 is a tenth of a per cent. Below zero is a rebate.</param>
/// <param name="Token">Given where the fee is charged in a third asset, and only there.</param>
public sealed record TakerFee(decimal Rate, FeeCharge Charge = FeeCharge.InQuote, TokenRate? Token = null)
{
    /// <summary>The price with the fee in it: what a buyer pays, what a seller keeps.</summary>
    internal decimal Effective(decimal price, TakerSide side) =>
        side is TakerSide.Buy ? price * (1 + Rate) : price * (1 - Rate);

    /// <summary>Quote units that leave the account for each quote unit bought with: a fee taken elsewhere leaves none.</summary>
    internal decimal Spent => Charge is FeeCharge.InQuote ? 1 + Math.Max(0, Rate) : 1;

    internal Money Of(Symbol market, TakerSide side, decimal quantity, decimal worth) => (Charge, side, Token) switch
    {
        (FeeCharge.InReceived, TakerSide.Buy, _) => new(quantity * Rate, market.Base),
        (FeeCharge.InToken, _, var (token, price)) => new(worth * Rate / price.Value, token),
        _ => new(worth * Rate, market.Quote),
    };
}
