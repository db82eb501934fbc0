using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Fetching.Exchanges;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Accounts;

/// <summary>What changed the account's balances at a venue beside orders, deposits and withdrawals: dividends, conversions, borrowings.</summary>
public sealed class AccountMovements(VenueSource source, IVenueLedger ledger) : IFetcher
{
    // As far back as venues answer at once.
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(30);

    public FetcherTerms Terms { get; } = source.TermsOf(
        AccountLooks.Movements, "What changed balances without an order", TimeSpan.FromMinutes(15), kept: null, GapRule.None) with { NeedsKey = true };

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) => new(
        [.. ledger.Parts.Select(part => VenueSource.Call(part, stop => ledger.MovementsAsync(part, stand.Now - LookedBack, stop)))]);

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(VenueSource.Read<IReadOnlyList<VenueMovement>>(raw)
        .GroupBy(each => (each.Kind, each.MovementId, each.Asset, each.Wallet, each.At))
        // Many small amounts of one conversion become the same asset: one fact of all of them.
        .Select(same => new Fact(
            $"{same.Key.Kind}/{same.Key.MovementId}/{same.Key.Asset}{(same.Key.Wallet is { } wallet ? $"/{wallet}" : "")}", same.Key.At, raw.At,
            new BalanceMovement(
                same.Key.Kind.ToString().ToLowerInvariant(), same.Key.Asset, same.Sum(each => each.Change), same.First().Note, same.Key.Wallet))));
}
