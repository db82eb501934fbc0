using Platform.Domain.Markets;
using Platform.Domain.Markets.Fetching;
using Platform.Projections.Markets;

namespace Platform.Workers.Markets.Fetching.Accounts;

/// <param name="At">When the venue said so.</param>
public sealed record AccountLook<T>(DateTimeOffset At, IReadOnlyList<T> Items);

/// <summary>What the account held at a venue when its fetchers last looked; null where they never did.</summary>
public sealed class AccountLooks(FetchedFacts facts)
{
    internal const string Balances = "account.balances";
    internal const string Positions = "account.positions";
    internal const string Fills = "account.fills";
    internal const string Margin = "account.margin";
    internal const string Movements = "account.movements";

    // What the fetchers ask about.
    internal const string HeldCoins = "balances";
    internal const string HeldContracts = "positions";
    internal const string WaitingOrders = "triggers";
    internal const string Collateral = "collateral";
    internal const string MarginAccounts = "accounts";

    /// <summary>The fetcher that brings what changed the balances.</summary>
    public static FetcherId MovementsAt(VenueId venue) => FetcherId.Of(Movements, venue.Value);

    public Task<AccountLook<AccountBalance>?> BalancesAsync(VenueId venue, CancellationToken cancellationToken) =>
        ReadAsync<AccountBalance>(Balances, HeldCoins, venue, cancellationToken);

    public Task<AccountLook<DerivativePosition>?> PositionsAsync(VenueId venue, CancellationToken cancellationToken) =>
        ReadAsync<DerivativePosition>(Positions, HeldContracts, venue, cancellationToken);

    /// <summary>What backs the positions.</summary>
    public Task<AccountLook<AccountBalance>?> CollateralAsync(VenueId venue, CancellationToken cancellationToken) =>
        ReadAsync<AccountBalance>(Positions, Collateral, venue, cancellationToken);

    public Task<AccountLook<MarginStanding>?> MarginAsync(VenueId venue, CancellationToken cancellationToken) =>
        ReadAsync<MarginStanding>(Margin, MarginAccounts, venue, cancellationToken);

    private async Task<AccountLook<T>?> ReadAsync<T>(string type, string about, VenueId venue, CancellationToken cancellationToken)
        where T : FactContent =>
        await facts.LastSeenAsync(FetcherId.Of(type, venue.Value), about, cancellationToken) is var (at, seen)
            ? new(at, [.. seen.Cast<T>()])
            : null;
}
