using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Workers.Markets.Venues;

/// <summary>What an account borrowed at a venue to trade with, and on what terms. Questions only: the platform borrows nothing.</summary>
public interface IVenueMargin
{
    VenueId Venue { get; }

    /// <summary>The cross account first; empty where the account trades nothing on margin.</summary>
    Task<VenueAnswer<IReadOnlyList<MarginAccount>>> MarginAccountsAsync(CancellationToken cancellationToken);

    /// <summary>Of every asset that can be borrowed, in the cross account and in each isolated one.</summary>
    Task<VenueAnswer<IReadOnlyList<LoanTerms>>> LoanTermsAsync(CancellationToken cancellationToken);

    /// <summary>Of the cross account, now; empty where it does not have the asset.</summary>
    Task<VenueAnswer<IReadOnlyList<BorrowingRoom>>> RoomAsync(Asset asset, CancellationToken cancellationToken);

    /// <summary>Those that held, oldest first; the venue's page at most.</summary>
    Task<VenueAnswer<IReadOnlyList<InterestRate>>> InterestRatesAsync(
        Asset asset, DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>How near a margin account is to being sold up, by the venue's own bounds.</summary>
public enum MarginState
{
    /// <summary>Enough that assets may leave the account.</summary>
    Excessive = 0,

    Normal,

    /// <summary>The venue wants more in it.</summary>
    MarginCall,

    /// <summary>The venue sells.</summary>
    Liquidation,
}

/// <summary>An account on margin: one for all markets (cross), or one for a single market (isolated).</summary>
/// <param name="VenueSymbol">The market of an isolated account; null: the cross account.</param>
/// <param name="Level">What is owned divided by what is owed, as the venue reckons it; where nothing is owed, a number of its own.</param>
/// <param name="Thresholds">Null where the venue tells the state alone.</param>
/// <param name="LiquidationPrice">Of an isolated account; null where there is none.</param>
/// <param name="Assets">Of which something is owned or owed.</param>
public sealed record MarginAccount(
    string? VenueSymbol, decimal Level, MarginState State, MarginThresholds? Thresholds, Price? LiquidationPrice,
    IReadOnlyList<MarginAsset> Assets);

/// <summary>Levels between the states: excessive from the first on, normal above the second, a margin call above the third.</summary>
public sealed record MarginThresholds(decimal Excessive, decimal MarginCall, decimal Liquidation)
{
    public MarginState StateOf(decimal level) => level switch
    {
        _ when level >= Excessive => MarginState.Excessive,
        _ when level > MarginCall => MarginState.Normal,
        _ when level > Liquidation => MarginState.MarginCall,
        _ => MarginState.Liquidation,
    };
}

/// <summary>Amounts in units of the asset.</summary>
/// <param name="Asset">The platform's code.</param>
/// <param name="Interest">Accrued on what is borrowed, and owed beside it.</param>
/// <param name="Net">What would be left; below zero more is owed than owned.</param>
public sealed record MarginAsset(
    string Asset, Quantity Free, Quantity Locked, Quantity Borrowed, Quantity Interest, decimal Net);

/// <param name="VenueSymbol">The market of an isolated account; null: the cross account.</param>
/// <param name="DailyInterest">As a fraction: 0.0005 is a twentieth of a per cent a day.</param>
/// <param name="BorrowMax">The most that the account may owe, in units of the asset.</param>
public sealed record LoanTerms(string? VenueSymbol, string Asset, bool CanBorrow, decimal DailyInterest, Quantity BorrowMax);

/// <param name="Borrowable">What may still be borrowed.</param>
/// <param name="Transferable">What may leave the margin account.</param>
public sealed record BorrowingRoom(string Asset, Quantity Borrowable, Quantity Transferable);

/// <param name="Daily">As a fraction.</param>
/// <param name="At">Since when it held.</param>
public sealed record InterestRate(string Asset, decimal Daily, DateTimeOffset At);
