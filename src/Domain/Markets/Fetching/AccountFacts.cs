using System.Text.Json.Serialization;

namespace Platform.Domain.Markets.Fetching;

/// <summary>What an account at a venue holds of one asset, in units of it.</summary>
/// <param name="Locked">Held by open orders.</param>
public sealed record AccountBalance(string Asset, decimal Free, decimal Locked) : FactContent;

/// <summary>A deposit or withdrawal, as far as the venue has got with it; progress is a revision.</summary>
/// <param name="Network">The venue's name for the chain; null where it does not say.</param>
/// <param name="State">How far it is: pending, sent, completed, failed, canceled.</param>
/// <param name="TransactionId">On the chain; null while there is none, or inside of the venue.</param>
public sealed record CoinTransfer(
    bool IsDeposit, string Asset, decimal Amount, decimal? Fee, string? Network, string State, string? TransactionId,
    string? Address) : FactContent;

/// <summary>Why a balance changed without an order, a deposit or a withdrawal.</summary>
/// <param name="Kind">income, conversion, rebate, transfer, borrowing, repayment, interest (owed, not yet paid), liquidation,
/// deposit, withdrawal (of money), payment (for a service).</param>
/// <param name="Change">In units of the asset; below zero it went out.</param>
/// <param name="Note">The venue's own words; null where it has none.</param>
/// <param name="Wallet">Null: the one that orders use; else <c>margin</c>, <c>margin/BNBBTC</c> of one market alone, <c>funding</c>, or
/// the way that money went which never was in the account: <c>Credit Card</c>.</param>
public sealed record BalanceMovement(
    string Kind, string Asset, decimal Change, string? Note,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Wallet = null) : FactContent;

/// <summary>An account on margin as the venue reckons it; each look is a fact.</summary>
/// <param name="VenueSymbol">The market of an isolated account; null: the cross account.</param>
/// <param name="Level">What is owned divided by what is owed, as the venue weighs it; where nothing is owed, a number of its own.</param>
/// <param name="State">excessive, normal, marginCall, liquidation.</param>
/// <param name="ExcessiveFrom">The level from which on assets may leave; null, as the next two, where the venue tells the state alone.</param>
/// <param name="MarginCallAt">The level at which the venue wants more in it.</param>
/// <param name="LiquidationAt">The level at which the venue sells.</param>
/// <param name="LiquidationPrice">Of an isolated account; null where there is none.</param>
public sealed record MarginStanding(
    string? VenueSymbol, decimal Level, string State, decimal? ExcessiveFrom, decimal? MarginCallAt, decimal? LiquidationAt,
    decimal? LiquidationPrice, IReadOnlyList<MarginHolding> Assets) : FactContent;

/// <summary>One asset of an account on margin, in units of it.</summary>
/// <param name="Interest">Accrued on what is borrowed, and owed beside it.</param>
/// <param name="Net">Below zero more is owed than owned.</param>
public sealed record MarginHolding(string Asset, decimal Free, decimal Locked, decimal Borrowed, decimal Interest, decimal Net);

/// <summary>What borrowing an asset on margin costs and allows; a change is a revision.</summary>
/// <param name="VenueSymbol">The market of an isolated account; null: the cross account.</param>
/// <param name="DailyInterest">As a fraction.</param>
/// <param name="BorrowMax">In units of the asset.</param>
public sealed record BorrowingTerms(string? VenueSymbol, string Asset, bool CanBorrow, decimal DailyInterest, decimal BorrowMax) : FactContent;

/// <summary>What the cross account could still borrow, and what may leave it, in units of the asset.</summary>
public sealed record MarginRoom(string Asset, decimal Borrowable, decimal Transferable) : FactContent;

/// <summary>What a day of borrowing cost from then on, as a fraction.</summary>
public sealed record BorrowingRate(string Asset, decimal DailyInterest) : FactContent;

/// <summary>An address in the venue's own address book.</summary>
/// <param name="IsWhitelisted">Whether the venue lets withdrawals go there; null where it does not tell.</param>
public sealed record WithdrawalAddress(
    string Asset, string? Network, string Address, string? Tag, string? Label, bool? IsWhitelisted) : FactContent;

/// <summary>What moving an asset over one network takes; amounts in units of the asset.</summary>
/// <param name="WithdrawFee">Null where the venue tells it only for an amount.</param>
/// <param name="WithdrawMin">Null, as the most, where there is no such rule.</param>
/// <param name="Confirmations">Until a deposit can be traded; null where the venue does not say.</param>
public sealed record NetworkTerms(
    string Asset, string Network, bool CanDeposit, bool CanWithdraw, decimal? WithdrawFee, decimal? WithdrawMin,
    decimal? WithdrawMax, int? Confirmations) : FactContent;

/// <summary>A position in a derivative as the venue reckons it; each look is a fact.</summary>
/// <param name="Contracts">Above zero long, below zero short.</param>
/// <param name="EntryPrice">The average; null, as all that follows, where the venue does not tell.</param>
/// <param name="Unrealized">Profit above zero, in units of <paramref name="UnrealizedAsset"/>.</param>
public sealed record DerivativePosition(
    string VenueSymbol, decimal Contracts, decimal? EntryPrice, decimal? MarkPrice, decimal? LiquidationPrice, decimal? Leverage,
    decimal? Unrealized, string? UnrealizedAsset) : FactContent;

/// <summary>What traded in a derivative, whoever ordered it.</summary>
/// <param name="Contracts">As the venue counts them.</param>
/// <param name="Fee">Above zero: paid, in units of <paramref name="FeeAsset"/>.</param>
/// <param name="Realized">What the position won by it, in the asset in which the venue reckons it; null where it does not tell.</param>
/// <param name="IsMaker">Null where the venue does not tell.</param>
public sealed record DerivativeFill(
    string VenueSymbol, string VenueOrderId, bool IsBuy, decimal Price, decimal Contracts, decimal Fee, string FeeAsset, decimal? Realized,
    bool? IsMaker) : FactContent;

/// <summary>An order that waits at the venue for a price; what became of it is a revision.</summary>
/// <param name="State">waiting, triggered, canceled, failed.</param>
/// <param name="Quantity">Null: all that is held then.</param>
public sealed record WaitingOrder(
    string VenueSymbol, bool IsBuy, string State, decimal? Quantity, IReadOnlyList<WaitingPrice> Prices) : FactContent;

/// <param name="By">By which price it is measured: last, mark, index.</param>
/// <param name="Limit">Of the order that is placed then; null: at market.</param>
public sealed record WaitingPrice(decimal At, string By, decimal? Limit);
