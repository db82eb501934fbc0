using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Fetching.Accounts;

namespace Platform.Api.Markets;

/// <summary>What the platform's account at an exchange holds, by the exchange's last word; what was never asked for is null.</summary>
/// <param name="Collateral">What backs the positions, where the exchange keeps it apart.</param>
/// <param name="Margin">Empty where the account trades nothing on margin.</param>
public sealed record VenueAccountResponse(
    VenueId ExchangeId, LookResponse<HeldResponse>? Balances, LookResponse<ContractsResponse>? Positions,
    LookResponse<HeldResponse>? Collateral, LookResponse<MarginResponse>? Margin);

/// <param name="At">When the exchange said so.</param>
public sealed record LookResponse<T>(DateTimeOffset At, IReadOnlyList<T> Items)
{
    public static LookResponse<T>? Of<TFact>(AccountLook<TFact>? look, Func<TFact, T> show) =>
        look is null ? null : new(look.At, [.. look.Items.Select(show)]);
}

/// <param name="Locked">Held by open orders.</param>
public sealed record HeldResponse(string Asset, decimal Free, decimal Locked)
{
    public static HeldResponse Of(AccountBalance held) => new(held.Asset, held.Free, held.Locked);
}

/// <summary>A position in a derivative as the exchange reckons it; null is what it does not tell.</summary>
/// <param name="Symbol">As the exchange writes it.</param>
/// <param name="Contracts">Above zero long, below zero short.</param>
/// <param name="Unrealized">Profit above zero, in units of <paramref name="UnrealizedAsset"/>.</param>
public sealed record ContractsResponse(
    string Symbol, decimal Contracts, decimal? EntryPrice, decimal? MarkPrice, decimal? LiquidationPrice, decimal? Leverage,
    decimal? Unrealized, string? UnrealizedAsset)
{
    public static ContractsResponse Of(DerivativePosition held) => new(
        held.VenueSymbol, held.Contracts, held.EntryPrice, held.MarkPrice, held.LiquidationPrice, held.Leverage, held.Unrealized,
        held.UnrealizedAsset);
}

/// <summary>An account on margin.</summary>
/// <param name="Symbol">The market of an isolated account, as the exchange writes it; null: the cross account.</param>
/// <param name="Level">What is owned divided by what is owed, as the exchange weighs it; where nothing is owed, a number of its own.</param>
/// <param name="State">excessive, normal, marginCall (the exchange wants more in it) or liquidation (it sells).</param>
/// <param name="ExcessiveFrom">The level from which on assets may leave; null, as the next two, where the exchange tells the state alone.</param>
/// <param name="LiquidationPrice">Of an isolated account; null where there is none.</param>
public sealed record MarginResponse(
    string? Symbol, decimal Level, string State, decimal? ExcessiveFrom, decimal? MarginCallAt, decimal? LiquidationAt,
    decimal? LiquidationPrice, IReadOnlyList<MarginAssetResponse> Assets)
{
    public static MarginResponse Of(MarginStanding account) => new(
        account.VenueSymbol, account.Level, account.State, account.ExcessiveFrom, account.MarginCallAt, account.LiquidationAt,
        account.LiquidationPrice, [.. account.Assets.Select(MarginAssetResponse.Of)]);
}

/// <summary>In units of the asset.</summary>
/// <param name="Interest">Owed beside what is borrowed.</param>
/// <param name="Net">Below zero more is owed than owned.</param>
public sealed record MarginAssetResponse(string Asset, decimal Free, decimal Locked, decimal Borrowed, decimal Interest, decimal Net)
{
    public static MarginAssetResponse Of(MarginHolding held) =>
        new(held.Asset, held.Free, held.Locked, held.Borrowed, held.Interest, held.Net);
}

/// <summary>What changed a balance at an exchange without an order, a deposit or a withdrawal.</summary>
/// <param name="Id">Unique among them.</param>
/// <param name="Kind">income, conversion, rebate, transfer, borrowing, repayment, interest (owed, not yet paid), liquidation,
/// deposit, withdrawal (of money), payment (for a service).</param>
/// <param name="Change">In units of the asset; below zero it went out. The other side of a conversion has an item of its own.</param>
/// <param name="Note">The exchange's own words.</param>
/// <param name="Wallet">Null: the one that orders use; else margin, margin/BNBBTC of one market alone, funding, or the way
/// that money went which never was in the account: Credit Card.</param>
public sealed record AccountActivityResponse(
    string Id, DateTimeOffset At, string Kind, string Asset, decimal Change, string? Note, string? Wallet);
