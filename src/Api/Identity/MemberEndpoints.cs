using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Identity;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>A member of a pool, or somebody who is proposed.</summary>
/// <param name="Email">Null: the person left.</param>
/// <param name="Level">outsider: proposed only.</param>
/// <param name="ProposedLevel">Waits for a second person; null: nothing does.</param>
public sealed record MemberResponse(
    UserId UserId, string? Email, PoolLevel Level, PoolLevel? ProposedLevel, UserId? ProposedBy);

/// <summary>A first or a higher level.</summary>
/// <param name="Email">Of the user who is to have it.</param>
public sealed record AddMemberRequest(string Email, PoolLevel Level);

/// <summary>A level of somebody the address names.</summary>
public sealed record MemberLevelRequest(PoolLevel Level);

/// <summary>Who is in a pool, and who changes that.</summary>
public static class MemberEndpoints
{
    private const string User = "userId";

    // A pool with more members than that needs pages from the database, not from memory.
    private const int MembersMax = 5_000;

    /// <summary>In memory: a pool's members, never its investors' positions.</summary>
    public static ListOf<MemberResponse> List { get; } = new("members", "userId", "email",
    [
        Field<MemberResponse>.Uuid("userId", member => member.UserId.Value),
        Field<MemberResponse>.Text("email", member => member.Email) with { IsNullable = true, IsSortable = true, IsSearched = true },
        Field<MemberResponse>.Word<PoolLevel>("level", member => member.Level),
        Field<MemberResponse>.Text("proposedLevel", member => member.ProposedLevel?.ToString()),
        Field<MemberResponse>.Uuid("proposedBy", member => member.ProposedBy?.Value),
    ]);

    extension(IEndpointRouteBuilder app)
    {
        public void MapMembers()
        {
            var members = app.MapGroup("/v1/pools/{poolId:guid}/members").WithTags("Members");
            members.MapGet("/", ListAsync).WithSummary("Members and their levels").Lists(List).Requires(PoolPermissions.ReadPool);
            members.MapPost("/", AddAsync).WithSummary("Give a person a first or a higher level")
                .WithDescription("From manager on it is proposed, and counts once a second person approves it.")
                .AsksAgain<AddMemberRequest>(PoolPermissions.AddMember)
                .Refuses(StatusCodes.Status422UnprocessableEntity, "no_such_user", "level_not_higher");
            members.MapPost("/{userId:guid}/approve", ApproveAsync).WithSummary("Approve a level that another proposed")
                .AsksAgain<MemberLevelRequest>(PoolPermissions.ApproveMember, User)
                .Refuses(StatusCodes.Status422UnprocessableEntity, "proposal_changed", "own_initiative");
            members.MapPost("/{userId:guid}/drop", DropAsync).WithSummary("Take a proposal off the table")
                .AsksAgain<NothingMore>(PoolPermissions.AddMember, User);
            members.MapPost("/{userId:guid}/lower", LowerAsync).WithSummary("Give a member a lower level; outsider removes the member")
                .WithDescription("Everything that was issued to the person ends within a second.")
                .AsksAgain<MemberLevelRequest>(PoolPermissions.LowerMember, User)
                .Refuses(StatusCodes.Status422UnprocessableEntity, "level_not_lower", "last_owner");
        }
    }

    private static async Task<ListAnswer<MemberResponse>> ListAsync(
        Guid poolId, ListQuery asked, IDocumentStore store, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession(PoolId.From(poolId).Tenant);
        var members = await session.Query<Membership>()
            .Where(member => member.Level != PoolLevel.Outsider || member.Proposal != null)
            .Take(MembersMax).ToListAsync(cancellationToken);
        var emails = await EmailsAsync(store, [.. members.Select(member => member.UserId.Value)], cancellationToken);
        return new(List, asked, new MemorySource<MemberResponse>([.. members.Select(member => new MemberResponse(
            member.UserId, emails.GetValueOrDefault(member.UserId.Value), member.Level, member.Proposal?.Level, member.Proposal?.By))]));
    }

    private static async Task<Dictionary<Guid, string>> EmailsAsync(IDocumentStore store, Guid[] users, CancellationToken cancellationToken)
    {
        await using var command = store.Storage.Database.Connections.CreateCommand(
            $"select id, data ->> 'email' from {PlatformStore.Schema}.mt_doc_useraccount where id = any($1)");
        command.Parameters.Add(new() { Value = users });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<Guid, string> emails = [];
        while (await reader.ReadAsync(cancellationToken))
            emails[reader.GetGuid(0)] = reader.GetString(1);
        return emails;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> AddAsync(
        Guid poolId, Danger<AddMemberRequest> asked, MemberRights rights, MemberChanges changes, IDocumentStore store,
        CancellationToken cancellationToken)
    {
        var email = asked.Body.Email.Trim().ToLowerInvariant();
        await using var session = store.QuerySession();
        if (await session.Query<UserAccount>().SingleOrDefaultAsync(account => account.Email == email, cancellationToken) is not { } account)
            return Problems.From(new("no_such_user", "Nobody has registered with that address.", "email"));
        if (await rights.WhyNotAsync(PoolId.From(poolId), account.Id, asked.Body.Level, cancellationToken) is { } denied)
            return denied;

        return Problems.Answered(await changes.RaiseAsync(
            asked.Token, new(PoolId.From(poolId), account.Id, asked.Body.Level, asked.Token.UserId), CancellationToken.None));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ApproveAsync(
        Guid poolId, Guid userId, Danger<MemberLevelRequest> asked, MemberChanges changes) => Problems.Answered(await changes.ApproveAsync(
            asked.Token, new(PoolId.From(poolId), UserId.From(userId), asked.Body.Level, asked.Token.UserId), CancellationToken.None));

    private static async Task<Results<NoContent, ProblemHttpResult>> DropAsync(
        Guid poolId, Guid userId, Danger<NothingMore> asked, MemberChanges changes) => Problems.Answered(await changes.DropAsync(
            asked.Token, new(PoolId.From(poolId), UserId.From(userId)), CancellationToken.None));

    private static async Task<Results<NoContent, ProblemHttpResult>> LowerAsync(
        Guid poolId, Guid userId, Danger<MemberLevelRequest> asked, MemberRights rights, MemberChanges changes,
        CancellationToken cancellationToken) =>
        await rights.WhyNotAsync(PoolId.From(poolId), UserId.From(userId), asked.Body.Level, cancellationToken) is { } denied
            ? denied
            : Problems.Answered(await changes.LowerAsync(
                asked.Token, new(PoolId.From(poolId), UserId.From(userId), asked.Body.Level), CancellationToken.None));
}
