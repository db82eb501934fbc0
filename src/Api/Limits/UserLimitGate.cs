using System.Threading.RateLimiting;
using Marten;
using Platform.Api.Idempotency;
using Platform.Api.Identity;
using Platform.Domain.Identity;

namespace Platform.Api.Limits;

/// <summary>
/// Stands behind permissions and before every feature: what a person may do in all, by plan and by how well they are known.
/// </summary>
/// <param name="perDay">Changes within 24 hours.</param>
public sealed class UserLimitGate(RequestDelegate next, IDocumentStore store, Func<Plan, KycLevel, int> perDay) : IAsyncDisposable
{
    // A day from somebody's first change on; of this node, and begun anew with it.
    private readonly PartitionedRateLimiter<Quota> writes = PartitionedRateLimiter.Create<Quota, Quota>(
        quota => RateLimitPartition.GetFixedWindowLimiter(
            quota, each => new() { PermitLimit = each.PerDay, Window = TimeSpan.FromDays(1), QueueLimit = 0 }));

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata is { } facts && IdempotencyRoutes.TakenBy(facts) is not null && http.User.UserId is { } id)
        {
            using var lease = writes.AttemptAcquire(await QuotaOfAsync(id, http.RequestAborted));
            if (!lease.IsAcquired)
            {
                await RateGate.RefuseAsync(
                    http, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromDays(1),
                    new("daily_limit_reached", "That is all that your plan, and how well you are known, allow in a day."),
                    StatusCodes.Status429TooManyRequests);
                return;
            }
        }

        await next(http);
    }

    public ValueTask DisposeAsync() => writes.DisposeAsync();

    private async Task<Quota> QuotaOfAsync(UserId id, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var user = await session.LoadAsync<User>(id, cancellationToken);
        return new(id, perDay(user?.Plan ?? Plan.Free, user?.Kyc ?? KycLevel.None));
    }

    private sealed record Quota(UserId User, int PerDay);
}
