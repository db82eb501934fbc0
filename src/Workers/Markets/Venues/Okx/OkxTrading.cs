using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Okx;

/// <summary>Orders at OKX (API v5). Spot is paid in cash, derivatives with the margin of the whole account.</summary>
internal sealed class OkxTrading(VenueLink link, VenueTransport transport) : IVenueTrading
{
    private const int PageMax = 100;
    private const int PagesMax = 20;
    private const string Order = "/api/v5/trade/order";

    public VenueId Venue => link.Venue;

    public ClientOrderIdRules ClientOrderIds { get; } = new(32, "^[A-Za-z0-9]+$");

    public Task<VenueAnswer<VenueOrder>> PlaceAsync(NewVenueOrder order, CancellationToken cancellationToken)
    {
        var isSpot = order.Instrument.Kind is InstrumentKind.Spot;
        return transport.SendAsync(
            Ordering(WireBody.Post(Order, new
            {
                instId = order.Instrument.VenueSymbol,
                tdMode = isSpot ? "cash" : "cross",
                clOrdId = order.ClientOrderId,
                side = order.Side is VenueSide.Buy ? "buy" : "sell",
                ordType = TypeOf(order),
                sz = WireDecimal.Format(order.Quantity?.Value ?? order.QuoteQuantity!.Value.Value),
                px = order.LimitPrice is { } price ? WireDecimal.Format(price.Value) : null,
                tgtCcy = (isSpot, order.Type, order.QuoteQuantity) switch
                {
                    (true, VenueOrderType.Market, null) => "base_ccy",
                    (true, VenueOrderType.Market, _) => "quote_ccy",
                    _ => null,
                },
            })),
            data => VenueOrders.Taken(order, data[0].Text("ordId"), data[0].MillisecondsOrNone("ts")), cancellationToken);
    }

    // What the venue answers to a cancel says only that it will try.
    public Task<VenueAnswer<VenueOrder>> CancelAsync(VenueOrderName order, CancellationToken cancellationToken) =>
        VenueOrders.CancelThenAskAsync(
            () => transport.SendAsync(
                Ordering(WireBody.Post("/api/v5/trade/cancel-order", new
                {
                    instId = order.Instrument.VenueSymbol,
                    ordId = order.VenueOrderId,
                    clOrdId = order.VenueOrderId is null ? order.ClientOrderId : null,
                })),
                data => data[0].Text("ordId"), cancellationToken),
            id => QueryAsync(order with { VenueOrderId = id }, cancellationToken));

    public Task<VenueAnswer<VenueOrder>> QueryAsync(VenueOrderName order, CancellationToken cancellationToken) =>
        transport.SendAsync(
            Ordering(VenueCall.Get(
                Order, ("instId", order.Instrument.VenueSymbol), ("ordId", order.VenueOrderId),
                ("clOrdId", order.VenueOrderId is null ? order.ClientOrderId : null))),
            data => OkxOrders.OrderOf(data[0]), cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueOrder>>> OpenOrdersAsync(
        Instrument? instrument, CancellationToken cancellationToken) =>
        PagesAsync(
            "/api/v5/trade/orders-pending", "ordId", OkxOrders.OrderOf, cancellationToken, ("instId", instrument?.VenueSymbol));

    public async Task<VenueAnswer<IReadOnlyList<VenueFill>>> FillsAsync(VenueOrderName order, CancellationToken cancellationToken) =>
        (await PagesAsync(
            "/api/v5/trade/fills-history", "billId", OkxOrders.FillOf, cancellationToken,
            ("instType", OkxMarketData.KindOf(order.Instrument.Kind)), ("instId", order.Instrument.VenueSymbol),
            ("ordId", order.VenueOrderId)))
        .Map<IReadOnlyList<VenueFill>>(fills => [.. fills.Reverse()]);

    public IAsyncEnumerable<StreamEvent<VenueUserReport>> UserStreamAsync(CancellationToken cancellationToken) =>
        UserStream.ReadAsync(link, new OkxUserStream(link), cancellationToken);

    /// <summary>Newest first; the next page is what is earlier than the last row.</summary>
    private Task<VenueAnswer<IReadOnlyList<T>>> PagesAsync<T>(
        string path, string idName, Func<JsonElement, T> read, CancellationToken cancellationToken,
        params IReadOnlyList<(string Name, string? Value)> parameters) =>
        VenueAnswers.PagesAsync(PagesMax, after => transport.SendAsync<Page<T>>(
            Ordering(VenueCall.Get(path, [.. parameters, ("after", after), ("limit", "100")])),
            data => new(data.Each(read), data.GetArrayLength() < PageMax ? null : data[PageMax - 1].Text(idName)),
            cancellationToken));

    private static VenueCall Ordering(VenueCall call) => call with { IsSigned = true, Limit = OkxProtocol.Orders };

    private static string TypeOf(NewVenueOrder order) => (order.Type, order.TimeInForce) switch
    {
        (VenueOrderType.Market, _) => "market",
        (VenueOrderType.LimitMaker, _) => "post_only",
        (_, VenueTimeInForce.ImmediateOrCancel) => "ioc",
        (_, VenueTimeInForce.FillOrKill) => "fok",
        _ => "limit",
    };
}
