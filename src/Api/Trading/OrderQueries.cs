using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Identity;
using Platform.Domain.Identity;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Trading;

namespace Platform.Api.Trading;

/// <summary>Events of one order, in order.</summary>
public sealed record OrderEvents(IReadOnlyList<OrderEventResponse> Items);

/// <summary>What reads orders and trades.</summary>
public static class OrderQueries
{
    // An order fills in a few pieces; one with more events than this is read by the audit tool.
    private const int EventsMax = 5000;

    extension(RouteGroupBuilder pool)
    {
        public void MapOrderQueries()
        {
            pool.MapGet("/orders", ListAsync).WithTags("Orders").WithSummary("Orders, newest first")
                .WithDescription("status: open, closed or all (default). after: wait for that sequence, at most 2 s.").Requires(PoolPermissions.ReadTrading);
            pool.MapGet("/orders/{orderId:guid}", GetAsync).WithTags("Orders").WithSummary("One order")
                .Requires(PoolPermissions.ReadTrading);
            pool.MapGet("/orders/{orderId:guid}/events", EventsAsync).WithTags("Orders").WithSummary("Every fact of an order's life")
                .Requires(PoolPermissions.ReadTrading);
            pool.MapGet("/trades", TradesAsync).WithTags("Trades").WithSummary("Trade history, newest first")
                .Requires(PoolPermissions.ReadTrading);
        }
    }

    private static async Task<Ok<Page<OrderResponse>>> ListAsync(
        Guid poolId, ReadYourWrites reads, CancellationToken cancellationToken,
        string? status = null, string? limit = null, string? cursor = null, long? after = null)
    {
        var page = PageRequest.From(limit, cursor);
        await using var session = await reads.OpenAsync(PoolId.From(poolId), after, cancellationToken);
        var sequence = await session.ProgressOfAsync(TradingStore.ReadModels, cancellationToken);
        var all = session.Query<OrderView>().Where(view => view.CreatedSequence < page.Before);
        var wanted = status switch
        {
            null or "all" => all,
            "open" => all.Where(view => view.IsOpen),
            "closed" => all.Where(view => !view.IsOpen),
            _ => throw new BodyException(new("invalid_status", "A status is open, closed or all.", "status")),
        };
        var rows = await wanted.OrderByDescending(view => view.CreatedSequence).Take(page.Limit + 1).ToListAsync(cancellationToken);
        var cut = page.Cut(rows, view => view.CreatedSequence, sequence);
        return TypedResults.Ok(new Page<OrderResponse>([.. cut.Items.Select(OrderResponse.Of)], cut.Next, cut.Sequence));
    }

    private static async Task<Results<Ok<OrderResponse>, ProblemHttpResult>> GetAsync(
        Guid poolId, Guid orderId, ReadYourWrites reads, CancellationToken cancellationToken, long? after = null)
    {
        await using var session = await reads.OpenAsync(PoolId.From(poolId), after, cancellationToken);
        return await session.LoadAsync<OrderView>(OrderId.From(orderId), cancellationToken) is { } view
            ? TypedResults.Ok(OrderResponse.Of(view))
            : Problems.From(Refusal.NotFound);
    }

    private static async Task<Results<Ok<OrderEvents>, ProblemHttpResult>> EventsAsync(
        Guid poolId, Guid orderId, ReadYourWrites reads, CancellationToken cancellationToken, long? after = null)
    {
        await using var session = await reads.OpenAsync(PoolId.From(poolId), after, cancellationToken);
        var events = await session.Events.QueryAllRawEvents()
            .Where(e => e.StreamId == orderId).OrderBy(e => e.Version).Take(EventsMax).ToListAsync(cancellationToken);
        // An account's ledger is a stream too, and no order.
        return events is [{ Data: OrderEvent }, ..]
            ? TypedResults.Ok(new OrderEvents([.. events.Select(OrderEventResponse.Of)]))
            : Problems.From(Refusal.NotFound);
    }

    private static async Task<Ok<Page<TradeResponse>>> TradesAsync(
        Guid poolId, ReadYourWrites reads, CancellationToken cancellationToken,
        string? limit = null, string? cursor = null, long? after = null)
    {
        var page = PageRequest.From(limit, cursor);
        await using var session = await reads.OpenAsync(PoolId.From(poolId), after, cancellationToken);
        var sequence = await session.ProgressOfAsync(TradingStore.ReadModels, cancellationToken);
        var rows = await session.Query<Trade>().Where(trade => trade.Number < page.Before)
            .OrderByDescending(trade => trade.Number).Take(page.Limit + 1).ToListAsync(cancellationToken);
        var cut = page.Cut(rows, trade => trade.Number, sequence);
        return TypedResults.Ok(new Page<TradeResponse>([.. cut.Items.Select(TradeResponse.Of)], cut.Next, cut.Sequence));
    }
}
