using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Lists;
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

/// <summary>What a person sees of the own sessions, and how to end them. Ending one takes effect everywhere within a second.</summary>
public static class SessionEndpoints
{
    /// <summary>In memory: a person's sessions that go on, the latest of them.</summary>
    public static ListOf<SessionResponse> List { get; } = new("sessions", "sessionId", "-createdAt",
    [
        Field<SessionResponse>.Uuid("sessionId", session => session.SessionId.Value),
        Field<SessionResponse>.Time("createdAt", session => session.CreatedAt) with { IsSortable = true },
        Field<SessionResponse>.Time("lastSeenAt", session => session.LastSeenAt) with { IsSortable = true },
        Field<SessionResponse>.Time("endsAt", session => session.EndsAt) with { IsSortable = true },
        Field<SessionResponse>.Text("device", session => session.Device) with { IsSearched = true },
        Field<SessionResponse>.Nested("methods", session => string.Join(' ', session.Methods)),
        Field<SessionResponse>.Boolean("isCurrent", session => session.IsCurrent),
    ]);

    extension(IEndpointRouteBuilder app)
    {
        public void MapSessions()
        {
            var group = app.MapGroup("/v1/auth").WithTags("Sessions");
            group.MapPost("/sign-out", SignOutAsync).WithSummary("End this session").Requires(AccountPermissions.EndSessions);
            group.MapGet("/sessions", ListAsync).WithSummary("Your sessions").Lists(List).Requires(AccountPermissions.ReadAccount);
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

    private static async Task<ListAnswer<SessionResponse>> ListAsync(
        HttpContext http, ListQuery asked, Sessions sessions, CancellationToken cancellationToken)
    {
        var token = http.SignedIn;
        var found = await sessions.ListAsync(token.UserId, cancellationToken);
        return new(List, asked, new MemorySource<SessionResponse>([.. found.Select(each => new SessionResponse(
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
