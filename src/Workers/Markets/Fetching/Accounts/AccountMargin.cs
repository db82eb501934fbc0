using System.Text.Json;
using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Fetching.Exchanges;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Accounts;

/// <summary>What the account owns and owes on margin at a venue, and how near it is to being sold up: whoever is trusted with it must know.</summary>
public sealed class AccountMargin(VenueSource source, IVenueMargin margin) : IFetcher
{
    public FetcherTerms Terms { get; } = source.TermsOf(
        AccountLooks.Margin, "Accounts on margin: owned, borrowed, owed", TimeSpan.FromMinutes(1), kept: TimeSpan.FromDays(400), GapRule.None)
        with { NeedsKey = true };

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) =>
        new([VenueSource.Call(AccountLooks.MarginAccounts, margin.MarginAccountsAsync)]);

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(VenueSource.Read<IReadOnlyList<MarginAccount>>(raw)
        .Select(account => new Fact(account.VenueSymbol ?? "cross", raw.At, raw.At, ContentOf(account))));

    private static MarginStanding ContentOf(MarginAccount account) => new(
        account.VenueSymbol, account.Level, JsonNamingPolicy.CamelCase.ConvertName($"{account.State}"), account.Thresholds?.Excessive,
        account.Thresholds?.MarginCall, account.Thresholds?.Liquidation, account.LiquidationPrice?.Value,
        [
            .. account.Assets.Select(each => new MarginHolding(
                each.Asset, each.Free.Value, each.Locked.Value, each.Borrowed.Value, each.Interest.Value, each.Net)),
        ]);
}
