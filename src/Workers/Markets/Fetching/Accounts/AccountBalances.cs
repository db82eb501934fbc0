using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Fetching.Exchanges;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Accounts;

/// <summary>What the platform's account at a venue holds, by the venue's word: to compare with the books, not to make them.</summary>
public sealed class AccountBalances(VenueSource source, IVenueAccount account) : IFetcher
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    public FetcherTerms Terms { get; } = source.TermsOf(
        AccountLooks.Balances, "Balances of the account", Every, kept: TimeSpan.FromDays(400), GapRule.None) with { NeedsKey = true };

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) =>
        new([VenueSource.Call(AccountLooks.HeldCoins, account.BalancesAsync)]);

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(VenueSource.Read<IReadOnlyList<VenueBalance>>(raw)
        .Select(each => new Fact(each.Asset, raw.At, raw.At, new AccountBalance(each.Asset, each.Free.Value, each.Locked.Value))));
}
