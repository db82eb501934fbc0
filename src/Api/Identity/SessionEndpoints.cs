using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>One sign-in of the caller that goes on.</summary>
/// <param name="LastSeenAt">By the hour.</param>
/// <param name="Device">What the browser calls itself.</param>
/// <param name="Methods">How it was begun (RFC 8176).</param>
/// <param name="IsCurrent">Whether it is the one that asks.</param>
public sealed record SessionResponse(
    SessionId SessionId, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset EndsAt, string Device,
    IReadOnlyList<string> Methods, bool IsCurrent);

/// <summary>The caller's sessions, latest first.</summary>
public sealed record SessionList(IReadOnlyList<SessionResponse> Items);

/// <summary>What a person sees of the own sessions, and how to end them. Ending one takes effect everywhere within a second.</summary>
public static class SessionEndpoints
{
    extension(IEndpointRouteBuilder app)
    {
        public void MapSessions()
        {
            var group = app.MapGroup("/v1/auth").WithTags("Sessions");
            group.MapPost("/sign-out", SignOutAsync).WithSummary("End this session").Requires(AccountPermissions.EndSessions);
            group.MapGet("/sessions", ListAsync).WithSummary("Your sessions").Requires(AccountPermissions.ReadAccount);
            group.MapDelete("/sessions", EndOthersAsync).WithSummary("End all your sessions but this one")
                .Requires(AccountPermissions.EndSessions);
            group.MapDelete("/sessions/{sessionId:guid}", EndAsync).WithSummary("End one of your sessions")
                .Requires(AccountPermissions.EndSessions).Refuses(StatusCodes.Status404NotFound, "not_found");
        }
    }

    private static async Task<NoContent> SignOutAsync(HttpContext http, Sessions sessions, CancellationToken cancellationToken)
    {
        var token = http.SignedIn;
        await sessions.EndAsync(token.UserId, token.SessionId, SessionEnding.SignedOut, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<SessionList>> ListAsync(HttpContext http, Sessions sessions, CancellationToken cancellationToken)
    {
        var token = http.SignedIn;
        var found = await sessions.ListAsync(token.UserId, cancellationToken);
        return TypedResults.Ok(new SessionList([.. found.Select(each => new SessionResponse(
            each.Id, each.CreatedAt, each.LastSeenAt, each.EndsAt, each.Device, each.Methods.Words, each.Id == token.SessionId))]));
    }

    private static async Task<NoContent> EndOthersAsync(HttpContext http, Sessions sessions, CancellationToken cancellationToken)
    {
        var token = http.SignedIn;
        await sessions.EndOthersAsync(token.UserId, token.SessionId, SessionEnding.EndedElsewhere, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        Guid sessionId, HttpContext http, Sessions sessions, CancellationToken cancellationToken)
    {
        var (token, id) = (http.SignedIn, SessionId.From(sessionId));
        var ending = id == token.SessionId ? SessionEnding.SignedOut : SessionEnding.EndedElsewhere;
        return await sessions.EndAsync(token.UserId, id, ending, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.From(Refusal.NotFound);
    }
}
