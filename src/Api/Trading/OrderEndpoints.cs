using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Platform.Api.Idempotency;
using Platform.Api.Identity;
using Platform.Api.Secrets;
using Platform.Domain.Identity;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Workers.Trading;

namespace Platform.Api.Trading;

using Answered = Task<Results<Accepted<OrderReference>, ProblemHttpResult>>;

/// <summary>What changes orders.</summary>
public static class OrderEndpoints
{
    // What an order may break: its own terms, the market's rules, the account's balance.
    private static readonly string[] Rules =
    [
        "unknown_market", "quantity_off_lot", "quantity_too_small", "quantity_too_large", "price_off_tick", "price_out_of_range",
        "notional_too_small", "notional_too_large", "quantity_ambiguous", "quantity_not_positive", "limit_price_missing",
        "limit_price_unexpected", "quote_quantity_unexpected", "time_in_force_unexpected", "insufficient_balance", "no_market_price", "pool_closed",
        "no_account",
    ];

    extension(RouteGroupBuilder pool)
    {
        public void MapOrderCommands()
        {
            pool.MapPost("/orders", PlaceAsync)
                .WithTags("Orders").WithSummary("Place an order")
                .WithDescription("Accepted means recorded and on its way; what the venue made of it is read or pushed.")
                .Accepts<PlaceOrderRequest>("application/json").TakesKey(IdempotencyKey.OfMoney)
                .Requires(PoolPermissions.PlaceOrder).NeedsVault()
                .Refuses(StatusCodes.Status422UnprocessableEntity, Rules).Refuses(StatusCodes.Status503ServiceUnavailable, "venue_unavailable");
            pool.MapPost("/orders/{orderId:guid}/cancel", CancelAsync)
                .WithTags("Orders").WithSummary("Ask for an order to be canceled")
                .WithDescription("Fills may still come until the venue confirms. Repeating it is harmless.")
                .Requires(PoolPermissions.CancelOrder).NeedsVault()
                .TakesKey(IdempotencyKey.OfMoneyOptional)
                .Refuses(StatusCodes.Status422UnprocessableEntity, "order_not_open");
        }
    }

    private static async Answered PlaceAsync(
        Guid poolId, HttpRequest request, Commands commands, IOptions<TradingOptions> options, CancellationToken cancellationToken)
    {
        var body = await request.ReadStrictAsync<PlaceOrderRequest>(cancellationToken);
        var command = new PlaceOrder(PoolId.From(poolId), options.Value.VenueId, request.HttpContext.EnsureKey, body.Terms);
        return await commands.SendAsync(
            command.PoolId, command, command.OrderId,
            (session, stop) => session.FirstOfStreamAsync(command.OrderId.Value, stop), cancellationToken);
    }

    private static Answered CancelAsync(
        Guid poolId, Guid orderId, Commands commands, IOptions<TradingOptions> options, CancellationToken cancellationToken)
    {
        var pool = PoolId.From(poolId);
        var command = new CancelOrder(AccountId.For(pool, options.Value.VenueId), OrderId.From(orderId));
        return commands.SendAsync(
            pool, command, command.OrderId, (session, stop) => session.LastOfStreamAsync(orderId, stop), cancellationToken);
    }
}
