using Platform.Domain.Values;

namespace Platform.Domain.Trading;

/// <summary>FIX 851 LastLiquidityInd.</summary>
public enum Liquidity { Unknown, Maker, Taker }

/// <summary>By which way a report reached us.</summary>
public enum ReportSource
{
    /// <summary>The venue's answer to the order itself.</summary>
    Reply,

    /// <summary>The venue's user stream.</summary>
    Stream,

    /// <summary>We asked.</summary>
    Query,
}

/// <summary>One execution (FIX 150=F), in the venue's own figures.</summary>
/// <param name="VenueTradeId">The venue's name for the trade, unique within the market.</param>
/// <param name="QuoteQuantity">As the venue states it, not price times quantity of ours.</param>
/// <param name="Fee">Above zero: we paid. Whatever sign the venue uses.</param>
/// <param name="TransactTime">FIX 60, the venue's clock.</param>
public sealed record Fill(
    ExecutionId ExecutionId, string VenueTradeId, Quantity Quantity, Price Price, Notional QuoteQuantity,
    Money Fee, Liquidity Liquidity, DateTimeOffset TransactTime);
