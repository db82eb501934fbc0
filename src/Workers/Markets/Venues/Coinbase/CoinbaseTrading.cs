using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues.Streams;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Coinbase;

/// <summary>
/// Orders at Coinbase (Advanced Trade API). The venue keeps our id of an order and takes it once, and finds orders by its own
/// alone: one that it did not name yet is looked for among the latest.
/// </summary>
internal sealed class CoinbaseTrading(VenueLink link, VenueTransport transport) : IVenueTrading
{
    private const int PagesMax = 8;
    private const string Orders = "/api/v3/brokerage/orders";

    public VenueId Venue => link.Venue;

    public ClientOrderIdRules ClientOrderIds { get; } = new(36);

    public Task<VenueAnswer<VenueOrder>> PlaceAsync(NewVenueOrder order, CancellationToken cancellationToken) =>
        transport.SendAsync(
            Private(WireBody.Post(Orders, new
            {
                client_order_id = order.ClientOrderId,
                product_id = order.Instrument.VenueSymbol,
                side = order.Side is VenueSide.Buy ? "BUY" : "SELL",
                order_configuration = new Dictionary<string, object>(StringComparer.Ordinal) { [KindOf(order)] = TermsOf(order) },
            })),
            answer => VenueOrders.Taken(order, answer.GetProperty("success_response").Text("order_id")), cancellationToken);

    // What the venue answers to a cancel says only that it will try.
    public async Task<VenueAnswer<VenueOrder>> CancelAsync(VenueOrderName order, CancellationToken cancellationToken)
    {
        if (order.VenueOrderId is { } id)
            return await CancelAsync(order, id, cancellationToken);

        var found = await QueryAsync(order, cancellationToken);
        return found is VenueAnswer<VenueOrder>.Answered { Value.VenueOrderId: var told }
            ? await CancelAsync(order, told, cancellationToken)
            : found;
    }

    public Task<VenueAnswer<VenueOrder>> QueryAsync(VenueOrderName order, CancellationToken cancellationToken) =>
        order.VenueOrderId is { } id
            ? transport.SendAsync(
                Private(VenueCall.Get($"{Orders}/historical/{id}")),
                answer => CoinbaseOrders.OrderOf(answer.GetProperty("order")), cancellationToken)
            : LookForAsync(order, cancellationToken);

    public Task<VenueAnswer<IReadOnlyList<VenueOrder>>> OpenOrdersAsync(
        Instrument? instrument, CancellationToken cancellationToken) =>
        VenueAnswers.PagesAsync(PagesMax, cursor => PageAsync(cancellationToken,
            ("order_status", "OPEN"), ("product_ids", instrument?.VenueSymbol), ("cursor", cursor)));

    public async Task<VenueAnswer<IReadOnlyList<VenueFill>>> FillsAsync(VenueOrderName order, CancellationToken cancellationToken) =>
        (await VenueAnswers.PagesAsync(PagesMax, cursor => transport.SendAsync<Page<VenueFill>>(
            Private(VenueCall.Get(
                $"{Orders}/historical/fills", ("order_ids", order.VenueOrderId), ("limit", "250"), ("cursor", cursor))),
            answer => new(answer.Each("fills", CoinbaseOrders.FillOf), answer.TextOrNone("cursor")), cancellationToken)))
        .Map<IReadOnlyList<VenueFill>>(fills => [.. fills.Reverse()]);

    public IAsyncEnumerable<StreamEvent<VenueUserReport>> UserStreamAsync(CancellationToken cancellationToken) =>
        UserStream.ReadAsync(link, new CoinbaseUserStream(link), cancellationToken);

    private Task<VenueAnswer<VenueOrder>> CancelAsync(VenueOrderName order, string id, CancellationToken cancellationToken) =>
        VenueOrders.CancelThenAskAsync(
            () => transport.SendAsync(
                Private(WireBody.Post($"{Orders}/batch_cancel", new { order_ids = new[] { id } })),
                answer => answer.GetProperty("results")[0].Text("order_id"), cancellationToken),
            _ => QueryAsync(order with { VenueOrderId = id }, cancellationToken));

    private async Task<VenueAnswer<VenueOrder>> LookForAsync(VenueOrderName order, CancellationToken cancellationToken)
    {
        string? cursor = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var answer = await PageAsync(cancellationToken, ("product_ids", order.Instrument.VenueSymbol), ("cursor", cursor));
            if (answer is not VenueAnswer<Page<VenueOrder>>.Answered { Value: var (orders, next) })
                return answer.Map(some => some.Rows[0]);
            if (orders.FirstOrDefault(known => string.Equals(known.ClientOrderId, order.ClientOrderId, StringComparison.Ordinal)) is { } found)
                return new VenueAnswer<VenueOrder>.Answered(found);
            if (next is null)
                return new VenueAnswer<VenueOrder>.NotFound("The venue lists no order of that name.");
            cursor = next;
        }

        return new VenueAnswer<VenueOrder>.Unknown(UnknownCause.Unreadable, "Not among the latest orders, of which there are more.");
    }

    private Task<VenueAnswer<Page<VenueOrder>>> PageAsync(
        CancellationToken cancellationToken, params IReadOnlyList<(string Name, string? Value)> parameters) =>
        transport.SendAsync<Page<VenueOrder>>(
            Private(VenueCall.Get($"{Orders}/historical/batch", [.. parameters, ("limit", "250")])),
            answer => new(
                answer.Each("orders", CoinbaseOrders.OrderOf),
                answer.GetProperty("has_next").GetBoolean() ? answer.TextOrNone("cursor") : null),
            cancellationToken);

    private static VenueCall Private(VenueCall call) => call with { IsSigned = true, Limit = CoinbaseProtocol.Private };

    private static string KindOf(NewVenueOrder order) => (order.Type, order.TimeInForce) switch
    {
        (VenueOrderType.Market, _) => "market_market_ioc",
        (_, VenueTimeInForce.ImmediateOrCancel) => "sor_limit_ioc",
        (_, VenueTimeInForce.FillOrKill) => "limit_limit_fok",
        _ => "limit_limit_gtc",
    };

    private static Dictionary<string, object> TermsOf(NewVenueOrder order)
    {
        var terms = new Dictionary<string, object>(StringComparer.Ordinal);
        if (order.Quantity is { } quantity)
            terms["base_size"] = WireDecimal.Format(quantity.Value);
        if (order.QuoteQuantity is { } worth)
            terms["quote_size"] = WireDecimal.Format(worth.Value);
        if (order.LimitPrice is { } price)
            terms["limit_price"] = WireDecimal.Format(price.Value);
        if (KindOf(order) is "limit_limit_gtc")
            terms["post_only"] = order.Type is VenueOrderType.LimitMaker;
        return terms;
    }
}
