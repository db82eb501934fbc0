using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Fetching.Exchanges;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Accounts;

/// <summary>What the account holds in derivatives at a venue, what backs it, and the orders that wait there for a price.</summary>
public sealed class AccountPositions(VenueSource source, IVenuePositions positions) : IFetcher
{
    public FetcherTerms Terms { get; } = source.TermsOf(
        AccountLooks.Positions, "Positions in derivatives, collateral and waiting orders", TimeSpan.FromMinutes(1),
        kept: TimeSpan.FromDays(400), GapRule.None) with { NeedsKey = true };

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) => new(
    [
        VenueSource.Call(AccountLooks.HeldContracts, positions.PositionsAsync), VenueSource.Call(AccountLooks.Collateral, positions.CollateralAsync),
        VenueSource.Call(AccountLooks.WaitingOrders, positions.OpenTriggersAsync),
    ]);

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(raw.About switch
    {
        AccountLooks.HeldContracts => VenueSource.Read<IReadOnlyList<VenuePosition>>(raw)
            .Select(held => new Fact($"{raw.About}/{held.VenueSymbol}/{SideOf(held)}", raw.At, raw.At, ContentOf(held))),
        AccountLooks.Collateral => VenueSource.Read<IReadOnlyList<VenueBalance>>(raw)
            .Select(each => new Fact($"{raw.About}/{each.Asset}", raw.At, raw.At, new AccountBalance(each.Asset, each.Free.Value, each.Locked.Value))),
        _ => VenueSource.Read<IReadOnlyList<TriggerOrder>>(raw)
            .Select(order => new Fact($"{raw.About}/{order.VenueTriggerId}", order.At, raw.At, ContentOf(order))),
    });

    // An account that holds long and short apart has two of one contract.
    private static string SideOf(VenuePosition held) => held.Contracts < 0 ? "short" : "long";

    private static DerivativePosition ContentOf(VenuePosition held) => new(
        held.VenueSymbol, held.Contracts, held.EntryPrice?.Value, held.MarkPrice?.Value, held.LiquidationPrice?.Value, held.Leverage,
        held.Unrealized?.Amount, held.Unrealized?.Asset.Value);

    private static WaitingOrder ContentOf(TriggerOrder order) => new(
        order.VenueSymbol, order.Side is VenueSide.Buy, order.State.ToString().ToLowerInvariant(), order.Quantity?.Value,
        [.. order.Triggers.Select(trigger => new WaitingPrice(trigger.At.Value, trigger.Kind.ToString().ToLowerInvariant(), trigger.LimitPrice?.Value))]);
}
