using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Fetching.Exchanges;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Accounts;

/// <summary>What traded in the account's derivatives; the platform orders none there, so all of it is somebody else's doing.</summary>
public sealed class AccountFills(VenueSource source, IVenuePositions positions) : IFetcher
{
    public FetcherTerms Terms { get; } = source.TermsOf(
        AccountLooks.Fills, "What traded in derivatives of the account", TimeSpan.FromMinutes(5), kept: null, GapRule.None) with { NeedsKey = true };

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) =>
        new([VenueSource.Call("fills", positions.FillsAsync)]);

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(VenueSource.Read<IReadOnlyList<VenueFill>>(raw).Select(fill => new Fact(
        $"{fill.VenueSymbol}/{fill.TradeId}", fill.At, raw.At, new DerivativeFill(
            fill.VenueSymbol, fill.VenueOrderId, fill.Side is VenueSide.Buy, fill.Price.Value, fill.Quantity.Value, fill.Fee.Amount,
            fill.Fee.Asset.Value, fill.Realized, fill.IsMaker))));
}
