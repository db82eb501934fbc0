using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Api.Trading;

/// <summary>What reads positions and gains.</summary>
public static class PortfolioQueries
{
    extension(RouteGroupBuilder pool)
    {
        public void MapPortfolioQueries()
        {
            pool.MapGet("/positions", PositionsAsync).WithTags("Portfolio")
                .WithSummary("Positions with their lots, at the marks of now").Lists(TradingLists.Positions)
                .Requires(PoolPermissions.ReadTrading);
            pool.MapGet("/pnl", PnlAsync).WithTags("Portfolio").WithSummary("Realized and unrealized gains, at the marks of now")
                .Requires(PoolPermissions.ReadTrading).Refuses(StatusCodes.Status400BadRequest, "bad_request");
        }
    }

    private static async Task<Results<ListAnswer<PositionResponse>, ProblemHttpResult>> PositionsAsync(
        Guid poolId, ListQuery asked, ReadYourWrites reads, Portfolio portfolio, CancellationToken cancellationToken)
    {
        await using var session = await reads.OpenAsync(PoolId.From(poolId), asked.After, cancellationToken);
        return await portfolio.ReadAsync(session, PoolId.From(poolId), cancellationToken) is { } read
            ? new ListAnswer<PositionResponse>(
                TradingLists.Positions, asked, new MemorySource<PositionResponse>(read.Positions), read.Pnl.Sequence)
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
