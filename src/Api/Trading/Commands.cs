using System.Diagnostics;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Identity;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Wolverine;

namespace Platform.Api.Trading;

/// <summary>Every endpoint that changes an order goes this way: one command on the bus, one answer.</summary>
public sealed class Commands(IMessageContext bus, IDocumentStore store, IHttpContextAccessor http)
{
    /// <param name="reached">The sequence that the command reached, read after its commit.</param>
    public async Task<Results<Accepted<OrderReference>, ProblemHttpResult>> SendAsync(
        PoolId pool, object command, OrderId order, Func<IQuerySession, CancellationToken, Task<long>> reached,
        CancellationToken cancellationToken)
    {
        // The events that follow name the request in the caller's own terms.
        bus.CorrelationId = RayId.Of(Activity.Current);
        bus.UserName = http.HttpContext?.User.Actor;
        // A caller that hangs up after we began must not leave it half done: what follows is ours to finish.
        var answer = await bus.InvokeForTenantAsync<Answer>(pool.Tenant, command, CancellationToken.None);
        if (answer.Refusal is { } refusal)
            return Problems.From(refusal);

        await using var session = store.QuerySession(pool.Tenant);
        return TypedResults.Accepted(
            $"/v1/pools/{pool}/orders/{order}", new OrderReference(order, await reached(session, cancellationToken)));
    }
}
