using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Kraken;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.KrakenFutures;

/// <summary>What an account holds in Kraken's derivatives (docs.kraken.com, 2026-07): one position for each contract.</summary>
internal sealed class KrakenFuturesAccount(VenueLink link, VenueTransport transport) : IVenuePositions
{
    public VenueId Venue => link.Venue;

    public Task<VenueAnswer<IReadOnlyList<VenuePosition>>> PositionsAsync(CancellationToken cancellationToken) =>
        AskAsync("openpositions", answer => answer.Each("openPositions", PositionOf), cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<ClosedPosition>>> ClosedPositionsAsync(CancellationToken cancellationToken) =>
        VenueAnswers.KnownAsync<IReadOnlyList<ClosedPosition>>([]);

    public Task<VenueAnswer<IReadOnlyList<TriggerOrder>>> OpenTriggersAsync(CancellationToken cancellationToken) =>
        AskAsync("openorders", TriggersOf, cancellationToken);

    /// <summary>Of the account that backs linear contracts with several assets.</summary>
    public Task<VenueAnswer<IReadOnlyList<VenueBalance>>> CollateralAsync(CancellationToken cancellationToken) =>
        AskAsync("accounts", CollateralOf, cancellationToken);

    public Task<VenueAnswer<bool>> IsHedgedAsync(CancellationToken cancellationToken) => VenueAnswers.KnownAsync(false);

    public Task<VenueAnswer<IReadOnlyList<VenueFill>>> FillsAsync(CancellationToken cancellationToken) =>
        AskAsync("fills", answer => answer.Each("fills", FillOf), cancellationToken);

    /// <summary>The price is the average at which it was opened.</summary>
    internal static VenuePosition PositionOf(JsonElement position)
    {
        var contracts = position.Decimal("size");
        return new(
            position.Text("symbol"), position.Is("side", "short") ? -contracts : contracts, position.PriceOrNone("price"),
            MarkPrice: null, LiquidationPrice: null, Leverage: null, Unrealized: null, At: null);
    }

    /// <summary>Of all open orders those that wait for a price.</summary>
    internal static IReadOnlyList<TriggerOrder> TriggersOf(JsonElement answer) =>
    [
        .. from order in answer.GetProperty("openOrders").EnumerateArray()
           let at = order.PriceOrNone("stopPrice")
           where at is not null
           select new TriggerOrder(
               order.Text("symbol"), order.Text("order_id"), order.TextOrNone("cli_ord_id"),
               order.Is("side", "buy") ? VenueSide.Buy : VenueSide.Sell, TriggerState.Waiting,
               [new(at.Value, KindOf(order.TextOrNone("triggerSignal")), order.PriceOrNone("limitPrice"))],
               order.Quantity("unfilledSize"), VenueOrderId: null, order.Time("lastUpdateTime")),
    ];

    /// <summary>What is not available holds positions and orders up.</summary>
    internal static IReadOnlyList<VenueBalance> CollateralOf(JsonElement answer) =>
    [
        .. from held in answer.GetProperty("accounts").GetProperty("flex").GetProperty("currencies").EnumerateObject()
           let quantity = held.Value.Quantity("quantity")
           let free = held.Value.Quantity("available")
           where quantity > Quantity.Zero
           select new VenueBalance(KrakenNames.OursOf(held.Name), free, quantity - free),
    ];

    /// <summary>The size is in contracts: of an inverse one, dollars.</summary>
    internal static VenueFill FillOf(JsonElement fill)
    {
        var (price, contracts) = (fill.Price("price"), fill.Quantity("size"));
        return new(
            fill.Text("symbol"), fill.Text("fill_id"), fill.Text("order_id"), fill.Is("side", "buy") ? VenueSide.Buy : VenueSide.Sell,
            price, contracts, price * contracts, new(fill.Decimal("fee_paid"), Asset.From(KrakenNames.OursOf(fill.Text("fee_currency")))),
            fill.Is("fillType", "maker"), fill.Time("fillTime"));
    }

    private static TriggerPriceKind KindOf(string? signal) => signal switch
    {
        null or "last" => TriggerPriceKind.Last,
        "mark" => TriggerPriceKind.Mark,
        "spot" => TriggerPriceKind.Index,
        _ => throw new JsonException($"No such price: {signal}."),
    };

    private Task<VenueAnswer<T>> AskAsync<T>(string what, AnswerReader<T> read, CancellationToken cancellationToken) =>
        transport.SendAsync(
            VenueCall.Get($"/derivatives/api/v3/{what}") with { Weight = 2, Limit = KrakenFuturesProtocol.Private, IsSigned = true },
            read, cancellationToken);
}
