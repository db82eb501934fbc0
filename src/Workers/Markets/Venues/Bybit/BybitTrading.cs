using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Bybit;

using Parameters = IReadOnlyList<(string Name, string? Value)>;

/// <summary>Orders at Bybit (API v5, unified account).</summary>
internal sealed class BybitTrading(VenueLink link, VenueTransport transport) : IVenueTrading
{
    private const int PagesMax = 20;

    // What is asked for all instruments at once is asked by category, and of linear contracts by what they settle in.
    private static readonly Parameters[] Everywhere =
    [
        [("category", BybitListing.Spot)],
        [("category", BybitListing.Linear), ("settleCoin", "USDT")],
        [("category", BybitListing.Linear), ("settleCoin", "USDC")],
        [("category", BybitListing.Inverse)],
    ];

    public VenueId Venue => link.Venue;

    public ClientOrderIdRules ClientOrderIds { get; } = new(36);

    public Task<VenueAnswer<VenueOrder>> PlaceAsync(NewVenueOrder order, CancellationToken cancellationToken)
    {
        var category = BybitListing.CategoryOf(order.Instrument);
        return transport.SendAsync(
            Ordering(WireBody.Post("/v5/order/create", new
            {
                category,
                symbol = order.Instrument.VenueSymbol,
                side = order.Side is VenueSide.Buy ? "Buy" : "Sell",
                orderType = order.Type is VenueOrderType.Market ? "Market" : "Limit",
                qty = WireDecimal.Format(order.Quantity?.Value ?? order.QuoteQuantity!.Value.Value),
                price = order.LimitPrice is { } price ? WireDecimal.Format(price.Value) : null,
                timeInForce = TimeInForceOf(order),
                marketUnit = (category, order.Type, order.QuoteQuantity) switch
                {
                    (BybitListing.Spot, VenueOrderType.Market, null) => "baseCoin",
                    (BybitListing.Spot, VenueOrderType.Market, _) => "quoteCoin",
                    _ => null,
                },
                orderLinkId = order.ClientOrderId,
            })),
            result => VenueOrders.Taken(order, result.Text("orderId")), cancellationToken);
    }

    // What the venue answers to a cancel says only that it will try.
    public Task<VenueAnswer<VenueOrder>> CancelAsync(VenueOrderName order, CancellationToken cancellationToken) =>
        VenueOrders.CancelThenAskAsync(
            () => transport.SendAsync(
                Ordering(WireBody.Post("/v5/order/cancel", new
                {
                    category = BybitListing.CategoryOf(order.Instrument),
                    symbol = order.Instrument.VenueSymbol,
                    orderId = order.VenueOrderId,
                    orderLinkId = order.VenueOrderId is null ? order.ClientOrderId : null,
                })),
                result => result.Text("orderId"), cancellationToken),
            id => QueryAsync(order with { VenueOrderId = id }, cancellationToken));

    /// <summary>Asks where open and newly closed orders are, and then where all others are.</summary>
    public async Task<VenueAnswer<VenueOrder>> QueryAsync(VenueOrderName order, CancellationToken cancellationToken)
    {
        var known = await FindAsync("/v5/order/realtime");
        return known is VenueAnswer<VenueOrder>.NotFound ? await FindAsync("/v5/order/history") : known;

        async Task<VenueAnswer<VenueOrder>> FindAsync(string path) => VenueAnswers.OneOf(
            await transport.SendAsync(
                Ordering(VenueCall.Get(
                    path, ("category", BybitListing.CategoryOf(order.Instrument)), ("symbol", order.Instrument.VenueSymbol),
                    ("orderId", order.VenueOrderId),
                    ("orderLinkId", order.VenueOrderId is null ? order.ClientOrderId : null))),
                result => result.Each("list", BybitOrders.OrderOf), cancellationToken),
            _ => true);
    }

    public Task<VenueAnswer<IReadOnlyList<VenueOrder>>> OpenOrdersAsync(
        Instrument? instrument, CancellationToken cancellationToken) =>
        VenueAnswers.AllAsync(
            instrument is null ? Everywhere : [Of(instrument)],
            some => PagesAsync("/v5/order/realtime", [.. some, ("limit", "50")], BybitOrders.OrderOf, cancellationToken));

    public async Task<VenueAnswer<IReadOnlyList<VenueFill>>> FillsAsync(VenueOrderName order, CancellationToken cancellationToken) =>
        (await PagesAsync(
            "/v5/execution/list", [.. Of(order.Instrument), ("orderId", order.VenueOrderId), ("execType", "Trade"), ("limit", "100")],
            execution => BybitOrders.FillOf(execution, order.Instrument), cancellationToken))
        .Map<IReadOnlyList<VenueFill>>(fills => [.. fills.Reverse()]);

    public IAsyncEnumerable<StreamEvent<VenueUserReport>> UserStreamAsync(CancellationToken cancellationToken) =>
        UserStream.ReadAsync(link, new BybitUserStream(link), cancellationToken);

    private Task<VenueAnswer<IReadOnlyList<T>>> PagesAsync<T>(
        string path, Parameters parameters, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        VenueAnswers.PagesAsync(PagesMax, cursor => transport.SendAsync<Page<T>>(
            Ordering(VenueCall.Get(path, [.. parameters, ("cursor", cursor)])),
            result => new(result.Each("list", read), result.TextOrNone("nextPageCursor")), cancellationToken));

    private static Parameters Of(Instrument instrument) =>
        [("category", BybitListing.CategoryOf(instrument)), ("symbol", instrument.VenueSymbol)];

    private static VenueCall Ordering(VenueCall call) => call with { IsSigned = true, Limit = BybitProtocol.Orders };

    private static string? TimeInForceOf(NewVenueOrder order) => (order.Type, order.TimeInForce) switch
    {
        (VenueOrderType.Market, _) => null,
        (VenueOrderType.LimitMaker, _) => "PostOnly",
        (_, VenueTimeInForce.ImmediateOrCancel) => "IOC",
        (_, VenueTimeInForce.FillOrKill) => "FOK",
        _ => "GTC",
    };
}
