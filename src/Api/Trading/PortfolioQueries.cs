using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Identity;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Api.Trading;

/// <summary>All positions of a pool.</summary>
public sealed record Positions(IReadOnlyList<PositionResponse> Items, long Sequence);

/// <summary>What reads positions and gains.</summary>
public static class PortfolioQueries
{
    extension(RouteGroupBuilder pool)
    {
        public void MapPortfolioQueries()
        {
            pool.MapGet("/positions", PositionsAsync).WithTags("Portfolio").WithSummary("Positions with their lots, at the marks of now")
                .Requires(PoolPermissions.ReadTrading);
            pool.MapGet("/pnl", PnlAsync).WithTags("Portfolio").WithSummary("Realized and unrealized gains, at the marks of now")
                .Requires(PoolPermissions.ReadTrading);
        }
    }

    private static async Task<Results<Ok<Positions>, ProblemHttpResult>> PositionsAsync(
        Guid poolId, ReadYourWrites reads, Portfolio portfolio, CancellationToken cancellationToken, long? after = null)
    {
        await using var session = await reads.OpenAsync(PoolId.From(poolId), after, cancellationToken);
        return await portfolio.ReadAsync(session, PoolId.From(poolId), cancellationToken) is { } read
            ? TypedResults.Ok(new Positions(read.Positions, read.Pnl.Sequence))
            : Problems.From(Refusal.NotFound);
    }

    private static async Task<Results<Ok<PnlResponse>, ProblemHttpResult>> PnlAsync(
        Guid poolId, ReadYourWrites reads, Portfolio portfolio, CancellationToken cancellationToken, long? after = null)
    {
        await using var session = await reads.OpenAsync(PoolId.From(poolId), after, cancellationToken);
        return await portfolio.ReadAsync(session, PoolId.From(poolId), cancellationToken) is { } read
            ? TypedResults.Ok(read.Pnl)
            : Problems.From(Refusal.NotFound);
    }
}
