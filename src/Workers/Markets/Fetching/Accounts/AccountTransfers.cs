using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Fetching.Exchanges;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Accounts;

/// <summary>Deposits and withdrawals of the platform's account at a venue; each step on their way is a revision.</summary>
public sealed class AccountTransfers(VenueSource source, IVenueAccount account) : IFetcher
{
    private const string Deposits = "deposits";
    private const string Withdrawals = "withdrawals";

    // Longer than any transfer is on its way, and as far back as venues answer at once.
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(30);

    public FetcherTerms Terms { get; } = source.TermsOf(
        "account.transfers", "Deposits and withdrawals of the account", TimeSpan.FromMinutes(2), kept: null, GapRule.None) with { NeedsKey = true };

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken)
    {
        var since = stand.Now - LookedBack;
        return new(
        [
            VenueSource.Call(Deposits, stop => account.DepositsAsync(since, stop)),
            VenueSource.Call(Withdrawals, stop => account.WithdrawalsAsync(since, stop)),
        ]);
    }

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(VenueSource.Read<IReadOnlyList<VenueTransfer>>(raw)
        .Select(each => new Fact($"{raw.About}/{each.VenueTransferId}", each.At, raw.At, new CoinTransfer(
            raw.About is Deposits, each.Asset, each.Amount.Value, each.Fee?.Value, each.Network, each.State.ToString().ToLowerInvariant(),
            each.TransactionId, each.Address))));
}
