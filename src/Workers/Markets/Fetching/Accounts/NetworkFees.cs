using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Fetching.Exchanges;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Accounts;

/// <summary>Over which networks a venue lets the assets in and out, and for what fee; a change is a revision.</summary>
public sealed class NetworkFees(VenueSource source, IVenueWithdrawals withdrawals) : IFetcher
{
    public FetcherTerms Terms { get; } = source.TermsOf(
        "account.networks", "Networks with their fees and limits", TimeSpan.FromHours(1), kept: null, GapRule.None) with { NeedsKey = true };

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) => new(
        [.. source.Assets.Select(asset => VenueSource.Call(asset.Value, stop => withdrawals.NetworksAsync(asset, stop)))]);

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(VenueSource.Read<IReadOnlyList<VenueNetwork>>(raw)
        .Select(each => new Fact($"{each.Asset}/{each.Network}", Fact.Standing, raw.At, new NetworkTerms(
            each.Asset, each.Network, each.CanDeposit, each.CanWithdraw, each.Fee?.Value, each.Min?.Value, each.Max?.Value, each.Confirmations))));
}
