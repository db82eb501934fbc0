using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Trading;

namespace Platform.Api.Trading;

/// <summary>What reads orders and trades.</summary>
public static class OrderQueries
{
    // An order fills in a few pieces; one with more events than this is read by the audit tool.
    private const int EventsMax = 5000;

    extension(RouteGroupBuilder pool)
    {
        public void MapOrderQueries()
        {
            pool.MapGet("/orders", ListAsync).WithTags("Orders").WithSummary("Orders, newest first").Lists(TradingLists.Orders)
                .Requires(PoolPermissions.ReadTrading);
            pool.MapGet("/orders/{orderId:guid}", GetAsync).WithTags("Orders").WithSummary("One order")
                .Requires(PoolPermissions.ReadTrading).Refuses(StatusCodes.Status400BadRequest, "bad_request");
            pool.MapGet("/orders/{orderId:guid}/events", EventsAsync)
                .WithTags("Orders").WithSummary("Every fact of an order's life").Lists(TradingLists.OrderEvents)
                .Requires(PoolPermissions.ReadTrading);
            pool.MapGet("/trades", TradesAsync).WithTags("Trades").WithSummary("Trade history, newest first").Lists(TradingLists.Trades)
                .Requires(PoolPermissions.ReadTrading);
        }
    }

    private static async Task<ListAnswer<OrderResponse>> ListAsync(
        Guid poolId, ListQuery asked, ReadYourWrites reads, IDocumentStore store, CancellationToken cancellationToken)
    {
        var sequence = await reads.ReachAsync(PoolId.From(poolId), asked.After, cancellationToken);
        return new(
            TradingLists.Orders, asked,
            new DocumentSource<OrderView, OrderResponse>(store, PoolId.From(poolId).Tenant, OrderResponse.Of), sequence);
    }

    private static async Task<Results<Resource<OrderResponse>, ProblemHttpResult>> GetAsync(
        Guid poolId, Guid orderId, ReadYourWrites reads, CancellationToken cancellationToken, long? after = null)
    {
        await using var session = await reads.OpenAsync(PoolId.From(poolId), after, cancellationToken);
        return await session.LoadAsync<OrderView>(OrderId.From(orderId), cancellationToken) is { } view
            ? new Resource<OrderResponse>(OrderResponse.Of(view), view.Sequence)
            : Problems.From(Refusal.NotFound);
    }

    private static async Task<Results<ListAnswer<OrderEventResponse>, ProblemHttpResult>> EventsAsync(
        Guid poolId, Guid orderId, ListQuery asked, ReadYourWrites reads, CancellationToken cancellationToken)
    {
        await using var session = await reads.OpenAsync(PoolId.From(poolId), asked.After, cancellationToken);
        var sequence = await session.ProgressOfAsync(TradingStore.ReadModels, cancellationToken);
        var events = await session.Events.QueryAllRawEvents()
            .Where(e => e.StreamId == orderId).OrderBy(e => e.Version).Take(EventsMax).ToListAsync(cancellationToken);
        // An account's ledger is a stream too, and no order.
        return events is [{ Data: OrderEvent }, ..]
            ? new ListAnswer<OrderEventResponse>(
                TradingLists.OrderEvents, asked,
                new MemorySource<OrderEventResponse>([.. events.Select(OrderEventResponse.Of)]), sequence)
            : Problems.From(Refusal.NotFound);
    }

    private static async Task<ListAnswer<TradeResponse>> TradesAsync(
        Guid poolId, ListQuery asked, ReadYourWrites reads, IDocumentStore store, CancellationToken cancellationToken)
    {
        var sequence = await reads.ReachAsync(PoolId.From(poolId), asked.After, cancellationToken);
        return new(
            TradingLists.Trades, asked, new DocumentSource<Trade, TradeResponse>(store, PoolId.From(poolId).Tenant, TradeResponse.Of),
            sequence);
    }
}
