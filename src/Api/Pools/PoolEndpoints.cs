using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Identity;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Workers.Pools;

namespace Platform.Api.Pools;

/// <summary>What changes a pool itself.</summary>
public static class PoolEndpoints
{
    extension(IEndpointRouteBuilder app)
    {
        public void MapPoolCommands() => app.MapPost("/v1/pools/{poolId:guid}/close", CloseAsync)
            .WithTags("Pools").WithSummary("Close a pool for good")
            .WithDescription(
                "Nothing is bought or sold in it any more, its API keys are revoked, and whoever changed anything in it only reads "
                + "from now on. What the accounts hold at their venues stays where it is.")
            .AsksAgain<NothingMore>(PoolPermissions.ClosePool)
            .Refuses(StatusCodes.Status422UnprocessableEntity, "orders_open");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> CloseAsync(
        Guid poolId, Danger<NothingMore> asked, PoolClosing closing)
    {
        // A caller that hangs up after we began must not leave it half done.
        var answer = await closing.CloseAsync(asked.Token, new(PoolId.From(poolId)), CancellationToken.None);
        return Problems.Answered(answer);
    }
}
