using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Fetching.Exchanges;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Accounts;

/// <summary>The venue's own address book of the platform's account; an address that somebody added there is a new fact.</summary>
public sealed class WithdrawalAddresses(VenueSource source, IVenueWithdrawals withdrawals) : IFetcher
{
    public FetcherTerms Terms { get; } = source.TermsOf(
        "account.addresses", "The venue's address book", TimeSpan.FromMinutes(15), kept: null, GapRule.None) with { NeedsKey = true };

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) => new(
        [.. source.Assets.Select(asset => VenueSource.Call(asset.Value, stop => withdrawals.AddressBookAsync(asset, stop)))]);

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(VenueSource.Read<IReadOnlyList<VenueAddress>>(raw)
        .Select(each => new Fact($"{each.Asset}/{each.Network}/{each.Address}/{each.Tag}", Fact.Standing, raw.At, new WithdrawalAddress(
            each.Asset, each.Network, each.Address, each.Tag, each.Label, each.IsVerified))));
}
