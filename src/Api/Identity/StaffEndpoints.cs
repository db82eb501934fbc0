using System.Net;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>A user as staff sees one.</summary>
public sealed record UserResponse(UserId UserId, string Email, PlatformLevel Level, Plan Plan, KycLevel Kyc, bool IsVerified, bool HasTotp);

/// <summary>What a user is from now on; what is null stays as it is.</summary>
public sealed record UserLevelsRequest(PlatformLevel? Level = null, Plan? Plan = null, KycLevel? Kyc = null);

/// <summary>Whose tokens end.</summary>
/// <param name="Network">An address or a network, as in 203.0.113.7/32, 203.0.113.0/24, 2001:db8:1::/48.</param>
public sealed record BarNetworkRequest(string Network);

/// <summary>What staff sees of users, and does to them.</summary>
public static class StaffEndpoints
{
    private const string User = "userId";

    // Who left for good has no account, and is in no list.
    private const string Users =
        $"""
        (select account.id, account.data ->> 'email' as email, known.data ->> 'level' as level, known.data ->> 'plan' as plan,
            known.data ->> 'kyc' as kyc, account.data || known.data as data
         from {PlatformStore.Schema}.mt_doc_useraccount account join {PlatformStore.Schema}.mt_doc_user known on known.id = account.id) as users
        """;

    public static ListOf<UserResponse> List { get; } = new("users", "userId", "email",
    [
        Field<UserResponse>.Uuid("userId", user => user.UserId.Value, "id"),
        Field<UserResponse>.Text("email", user => user.Email, "email") with { IsSortable = true, IsSearched = true },
        Field<UserResponse>.Word<PlatformLevel>("level", user => user.Level, "level"),
        Field<UserResponse>.Word<Plan>("plan", user => user.Plan, "plan"),
        Field<UserResponse>.Word<KycLevel>("kyc", user => user.Kyc, "kyc"),
        Field<UserResponse>.Boolean("isVerified", user => user.IsVerified),
        Field<UserResponse>.Boolean("hasTotp", user => user.HasTotp),
    ]);

    extension(IEndpointRouteBuilder app)
    {
        public void MapStaff()
        {
            var users = app.MapGroup("/v1/users").WithTags("Staff");
            users.MapGet("/", ListUsers).WithSummary("Users and what they are on the platform").Lists(List)
                .Requires(PlatformPermissions.ReadUsers);
            users.MapPost("/{userId:guid}/levels", SetLevelsAsync).WithSummary("Change a user's level, plan or identity check")
                .WithDescription("A lower level ends everything that was issued to the person.")
                .AsksAgain<UserLevelsRequest>(PlatformPermissions.ChangeUserLevel, User)
                .Refuses(StatusCodes.Status404NotFound, "not_found")
                .Refuses(StatusCodes.Status422UnprocessableEntity, "own_level", "level_above_own");
            users.MapPost("/{userId:guid}/bar", BarUserAsync).WithSummary("End everything that was issued to a user")
                .WithDescription("On every node within a second. The person can sign in again: to keep somebody out, set the level none.")
                .AsksAgain<NothingMore>(PlatformPermissions.BarUser, User)
                .Refuses(StatusCodes.Status404NotFound, "not_found")
                .Refuses(StatusCodes.Status422UnprocessableEntity, "level_above_own");
            app.MapPost("/v1/networks/bar", BarNetworkAsync).WithTags("Staff").WithSummary("End everything that was issued to an address or network")
                .AsksAgain<BarNetworkRequest>(PlatformPermissions.BarAddress)
                .Refuses(StatusCodes.Status422UnprocessableEntity, "invalid_network", "network_size");
            app.MapPost("/v1/pools/{poolId:guid}/bar", BarPoolAsync).WithTags("Staff").WithSummary("End everything that was issued for a pool")
                .AsksAgain<NothingMore>(PoolPermissions.BarPool);
        }
    }

    private static ListAnswer<UserResponse> ListUsers(ListQuery asked, IDocumentStore store) => new(
        List, asked, new DocumentSource<UserRow, UserResponse>(store, Users, tenant: null, row => new(
            row.Id, row.Email, row.Level, row.Plan, row.Kyc, row.IsVerified, row.HasTotp)));

    private static async Task<Results<NoContent, ProblemHttpResult>> SetLevelsAsync(
        Guid userId, Danger<UserLevelsRequest> asked, StaffChanges changes) => Problems.Answered(await changes.SetLevelsAsync(
            asked.Token, UserId.From(userId), asked.Body.Level, asked.Body.Plan, asked.Body.Kyc, CancellationToken.None));

    private static async Task<Results<NoContent, ProblemHttpResult>> BarUserAsync(
        Guid userId, Danger<NothingMore> asked, StaffChanges changes) =>
        Problems.Answered(await changes.BarUserAsync(asked.Token, UserId.From(userId), CancellationToken.None));

    private static async Task<Results<NoContent, ProblemHttpResult>> BarNetworkAsync(
        Danger<BarNetworkRequest> asked, StaffChanges changes) =>
        IPNetwork.TryParse(asked.Body.Network, out var network)
            ? Problems.Answered(await changes.BarNetworkAsync(asked.Token, network, CancellationToken.None))
            : Problems.From(new("invalid_network", "That is no network, as in 203.0.113.0/24.", "network"));

    private static async Task<Results<NoContent, ProblemHttpResult>> BarPoolAsync(
        Guid poolId, Danger<NothingMore> asked, StaffChanges changes) =>
        Problems.Answered(await changes.BarPoolAsync(asked.Token, PoolId.From(poolId), CancellationToken.None));

    // Both documents of a person in one.
    private sealed record UserRow(UserId Id, string Email, PlatformLevel Level, Plan Plan, KycLevel Kyc, bool IsVerified, bool HasTotp);
}
