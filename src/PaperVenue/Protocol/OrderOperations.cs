using System.Security.Cryptography;
using Platform.PaperVenue.Matching;
using Platform.PaperVenue.Persistence;
using Platform.PaperVenue.Running;

namespace Platform.PaperVenue.Protocol;

/// <summary>Placing, canceling and looking up orders.</summary>
public sealed class OrderOperations(Venue venue, History history, MarketLookup markets)
{
    private const int UsualPage = 500;
    private const int LongestPage = 1000;

    public IEnumerable<Operation> All =>
    [
        Operation.Order("POST", "/api/v3/order", "order.place", PlaceAsync),
        Operation.Order("POST", "/api/v3/order/test", "order.test", TestAsync),
        Operation.Order("DELETE", "/api/v3/order", "order.cancel", CancelAsync),
        Operation.Order("DELETE", "/api/v3/openOrders", "openOrders.cancelAll", CancelAllAsync),
        Operation.Private("/api/v3/order", "order.status", 4, Find),
        Operation.Private("/api/v3/openOrders", "openOrders.status", 6, ListOpen),
        Operation.Private("/api/v3/allOrders", "allOrders", 20, ListAll),
        Operation.Private("/api/v3/myTrades", "myTrades", 20, ListTrades),
    ];

    private async Task PlaceAsync(OperationCall call)
    {
        var order = OrderRequest.Read(call.Parameters, call.AccountId, NewId);
        var detail = OrderRequest.ResponseDetail(call.Parameters, order.Type);
        var outcome = await venue.PlaceAsync(order);
        OrderJson.WritePlaced(call.Json, Accepted(outcome), detail);
    }

    private async Task TestAsync(OperationCall call)
    {
        var order = OrderRequest.Read(call.Parameters, call.AccountId, NewId);
        if (await venue.TestAsync(order) is { } refusal)
            throw new RefusedException(refusal);
        call.Json.WriteStartObject();
        if (call.Parameters.Flag("computeCommissionRates"))
            AccountOperations.WriteOrderCommission(call.Json);
        call.Json.WriteEndObject();
    }

    private async Task CancelAsync(OperationCall call)
    {
        var symbol = markets.Required(call.Parameters).Symbol;
        var (orderId, clientOrderId) = OrderRequest.Named(call.Parameters);
        if (call.Parameters.Text("cancelRestrictions") is not null)
            throw new RefusedException(Refusals.NotSupported);
        var name = call.Parameters.ClientOrderId("newClientOrderId") ?? NewId();
        var outcome = Accepted(await venue.CancelAsync(new(call.AccountId, symbol, orderId, clientOrderId, name)));
        OrderJson.WriteCanceled(call.Json, outcome.Order!, name);
    }

    private async Task CancelAllAsync(OperationCall call)
    {
        var symbol = markets.Required(call.Parameters).Symbol;
        var canceled = new List<Order>();
        var name = NewId();
        foreach (var open in history.OpenOrders(call.AccountId, symbol))
        {
            // One that fills meanwhile is no error: it is not open any more, which is all that was asked.
            var outcome = await venue.CancelAsync(new(call.AccountId, symbol, open.OrderId, null, name));
            if (outcome.Order is { } order)
                canceled.Add(order);
        }
        if (canceled.Count == 0)
            throw new RefusedException(Refusal.UnknownOrder);
        call.Json.WriteList(canceled, (json, order) => OrderJson.WriteCanceled(json, order, name));
    }

    private void Find(OperationCall call)
    {
        var symbol = markets.Required(call.Parameters).Symbol;
        var (orderId, clientOrderId) = OrderRequest.Named(call.Parameters);
        var order = history.Order(call.AccountId, symbol, orderId, clientOrderId)
            ?? throw new RefusedException(Refusals.OrderDoesNotExist);
        OrderJson.Write(call.Json, order);
    }

    private void ListOpen(OperationCall call) =>
        call.Json.WriteList(
            history.OpenOrders(call.AccountId, markets.Optional(call.Parameters)?.Symbol), OrderJson.Write);

    private void ListAll(OperationCall call)
    {
        var symbol = markets.Required(call.Parameters).Symbol;
        call.Json.WriteList(
            history.Orders(call.AccountId, symbol, PageOf(call.Parameters, "orderId")), OrderJson.Write);
    }

    private void ListTrades(OperationCall call)
    {
        var symbol = markets.Required(call.Parameters).Symbol;
        var page = PageOf(call.Parameters, "fromId");
        call.Json.WriteList(
            history.Trades(call.AccountId, symbol, call.Parameters.Number("orderId"), page), OrderJson.Write);
    }

    private static Page PageOf(Parameters parameters, string fromId) => new(
        parameters.Number(fromId), parameters.Number("startTime"), parameters.Number("endTime"),
        parameters.Limit(UsualPage, LongestPage));

    private static Outcome Accepted(Outcome outcome) =>
        outcome.Refusal is { } refusal ? throw new RefusedException(refusal) : outcome;

    private static string NewId() =>
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 22);
}
