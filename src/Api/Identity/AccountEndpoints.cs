using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>The caller's own account.</summary>
/// <param name="HasTotp">Whether a sign-in by password takes a one-time code.</param>
public sealed record AccountResponse(
    UserId UserId, string Email, PlatformLevel Level, Plan Plan, KycLevel Kyc, bool HasTotp, int Passkeys);

/// <summary>The password from now on.</summary>
public sealed record ReplacePasswordRequest(string NewPassword);

/// <summary>A body without members, for operations that need to be told nothing.</summary>
public readonly record struct NothingMore;

/// <summary>What people see and change of how they prove to be the ones.</summary>
public static class AccountEndpoints
{
    extension(IEndpointRouteBuilder app)
    {
        public void MapAccount()
        {
            var account = app.MapGroup("/v1/account").WithTags("Account");
            account.MapGet("/", GetAsync).WithSummary("Your account").Requires(AccountPermissions.ReadAccount)
                .Refuses(StatusCodes.Status404NotFound, "not_found");
            account.MapPost("/password", ReplacePasswordAsync).WithSummary("Change your password")
                .WithDescription("Every other session ends. The answer is this session's next token.")
                .AsksAgain<ReplacePasswordRequest>(AccountPermissions.ChangePassword).ShowsSecret()
                .Refuses(StatusCodes.Status404NotFound, "not_found")
                .Refuses(StatusCodes.Status422UnprocessableEntity, "password_length", "password_guessable");
            account.MapPost("/delete", DeleteAsync).WithSummary("Delete your account")
                .WithDescription("All that names you is erased, your keys are revoked, and every session ends.")
                .AsksAgain<NothingMore>(AccountPermissions.DeleteAccount)
                .Refuses(StatusCodes.Status404NotFound, "not_found").Refuses(StatusCodes.Status422UnprocessableEntity, "last_owner");
        }
    }

    private static async Task<Results<Ok<AccountResponse>, ProblemHttpResult>> GetAsync(
        HttpContext http, IDocumentStore store, CancellationToken cancellationToken)
    {
        var id = http.SignedIn.UserId;
        await using var session = store.QuerySession();
        var batch = session.CreateBatchQuery();
        var (asUser, asAccount) = (batch.Load<User>(id), batch.Load<UserAccount>(id));
        await batch.Execute(cancellationToken);
        return (await asUser, await asAccount) is ({ } user, { } account)
            ? TypedResults.Ok(new AccountResponse(
                id, account.Email, user.Level, user.Plan, user.Kyc, user.HasTotp, user.Passkeys.Count))
            : Problems.From(Refusal.NotFound);
    }

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> ReplacePasswordAsync(
        Danger<ReplacePasswordRequest> asked, HttpContext http, AccountChanges changes, IDocumentStore store, Sessions sessions)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<UserAccount>(asked.Token.UserId, http.RequestAborted) is not { } account)
            return Problems.From(Refusal.NotFound);
        if (PasswordRules.WhyNot(asked.Body.NewPassword, account.Email) is { } weak)
            return Problems.From(weak with { Field = "newPassword" });

        // A caller that hangs up after we began must not leave it half done.
        var answer = await changes.ReplacePasswordAsync(asked.Token, Passwords.Hash(asked.Body.NewPassword), CancellationToken.None);
        return await http.GoOnAsync(answer, sessions);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Danger<NothingMore> asked, AccountChanges changes)
    {
        var answer = await changes.DeleteAsync(asked.Token, CancellationToken.None);
        return Problems.Answered(answer);
    }
}

/// <summary>How the session that changed a credential goes on: with a token behind the barrier that the change raised.</summary>
public static class SessionContinuation
{
    extension(HttpContext http)
    {
        public async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> GoOnAsync(Answer answer, Sessions sessions)
        {
            if (answer.Refusal is { } refusal)
                return Problems.From(refusal);

            return await sessions.RenewAsync(http.SignedIn, http.Origin, CancellationToken.None) is { } next
                ? TypedResults.Ok(SignInAnswer.Of(next))
                : TokenProblems.From(TokenFault.Expired);
        }
    }
}
