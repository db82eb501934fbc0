using System.Text.Json.Serialization;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Trading;

/// <summary>The ledger of one account: what came in, what is set aside, what each fill moved. Closed.</summary>
public abstract record AccountEvent
{
    private protected AccountEvent() { }
}

/// <summary>A pool's account at a venue came under the platform's books, with the settings of the book.</summary>
/// <param name="ReportingAsset">In what gains are counted.</param>
public sealed record AccountOpened(
    AccountId AccountId, PoolId PoolId, VenueId VenueId, Asset ReportingAsset, LotMethod LotMethod, FeePolicy FeePolicy)
    : AccountEvent;

/// <summary>The account takes no order any more; what the venue still reports is booked.</summary>
public sealed record AccountClosed(AccountId AccountId) : AccountEvent;

/// <summary>Funds came in from outside.</summary>
/// <param name="DepositId">Whoever reports the deposit twice gives the same id.</param>
/// <param name="UnitCost">Declared basis of one unit in the reporting asset.</param>
public sealed record FundsDeposited(
    AccountId AccountId, string DepositId, Money Amount,
    [property: JsonConverter(typeof(DecimalConverter))] decimal UnitCost, DateTimeOffset AcquiredAt) : AccountEvent;

/// <summary>So much is set aside for an order and can back no other.</summary>
public sealed record FundsReserved(AccountId AccountId, OrderId OrderId, Money Amount) : AccountEvent;

/// <summary>A fill's postings: base against quote, and the fee, each in its own asset.</summary>
/// <param name="TradeNumber">1, 2, ... without a gap within the account.</param>
/// <param name="QuoteRate">Reporting units for one quote unit, as seen then; null when nobody quoted it.</param>
/// <param name="FeeRate">Reporting units for one unit of the fee's asset, as seen then; null when nobody quoted it.</param>
public sealed record FillBooked(
    AccountId AccountId, OrderId OrderId, long TradeNumber, Symbol Symbol, Side Side, Fill Fill,
    [property: JsonConverter(typeof(NullableDecimalConverter))] decimal? QuoteRate,
    [property: JsonConverter(typeof(NullableDecimalConverter))] decimal? FeeRate) : AccountEvent;

/// <summary>The order needs its reservation no more; what is left of it is free again.</summary>
public sealed record ReservationReleased(AccountId AccountId, OrderId OrderId) : AccountEvent;
