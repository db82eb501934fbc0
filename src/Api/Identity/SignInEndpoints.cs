using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Identity;
using Platform.Projections.Identity;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>Who wants in.</summary>
/// <param name="Code">Of the authenticator app, by whoever has set one up; null: none.</param>
public sealed record SignInRequest(string Email, string Password, string? Code = null);

/// <summary>Goes into <c>Authorization: Bearer</c> until it expires; from <c>renewAt</c> on another can be had for it.</summary>
public sealed record SignInAnswer(string Token, DateTimeOffset ExpiresAt, DateTimeOffset RenewAt)
{
    public static SignInAnswer Of(IssuedToken token) => new(token.Text, token.ExpiresAt, token.RenewAt);
}

public static class SignInEndpoints
{
    private const int PasswordLengthMax = 256;

    extension(IEndpointRouteBuilder app)
    {
        public void MapSignIn()
        {
            app.MapPost("/v1/auth/sign-in", SignInAsync)
                .WithTags("Sign-in").WithSummary("Sign in and get a token")
                .Accepts<SignInRequest>("application/json")
                .CountsAs(RateTier.Guess)
                .Refuses(StatusCodes.Status401Unauthorized, "invalid_credentials", "code_required", "invalid_code")
                .Refuses(StatusCodes.Status429TooManyRequests, "too_many_attempts")
                .Refuses(StatusCodes.Status422UnprocessableEntity, "code_unexpected")
                .Refuses(StatusCodes.Status503ServiceUnavailable, "clock_skewed", "vault_sealed").ShowsSecret()
                .Requires(OpenPermissions.SignIn);
            app.MapPost("/v1/auth/renew", RenewAsync)
                .WithTags("Sign-in").WithSummary("Get the session's next token for the latest one").ShowsSecret()
                .Requires(AccountPermissions.RenewSession);
        }
    }

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> SignInAsync(
        HttpContext http, IDocumentStore store, Totp totp, GuessBudget guesses, Sessions sessions, CancellationToken cancellationToken)
    {
        var asked = await http.Request.ReadStrictAsync<SignInRequest>(cancellationToken);
        var email = asked.Email.Trim().ToLowerInvariant();
        await using var session = store.QuerySession();
        var user = await session.Query<UserAccount>().SingleOrDefaultAsync(known => known.Email == email, cancellationToken);
        var isRight = await guesses.TryAsync(
            Guess.AtPassword(email, user?.Id, http.Origin),
            () => new(asked.Password.Length <= PasswordLengthMax && Passwords.Verify(asked.Password, user?.PasswordHash)), cancellationToken);
        if (!isRight || user is null)
            return TypedResults.Problem(Problems.Details(
                new("invalid_credentials", "E-mail or password is wrong."), StatusCodes.Status401Unauthorized));

        if (await CodeProblemAsync(user.Id, asked.Code, http, session, totp) is { } problem)
            return problem;

        var methods = asked.Code is null ? ProofMethods.Password : ProofMethods.Password | ProofMethods.OneTimeCode;
        var device = http.Request.Headers.UserAgent.ToString();
        var token = await sessions.OpenAsync(new(user.Id, methods, device, http.Origin), cancellationToken);
        return TypedResults.Ok(SignInAnswer.Of(token));
    }

    // Only who knows the password hears that a code is missing.
    private static async Task<ProblemHttpResult?> CodeProblemAsync(
        UserId id, string? code, HttpContext http, IQuerySession session, Totp totp)
    {
        if (await session.LoadAsync<User>(id, http.RequestAborted) is not { HasTotp: true })
            return code is null ? null : Problems.From(new("code_unexpected", "One-time codes are not in use.", "code"));
        if (code is null)
            return Problems.From(
                new("code_required", "Send the code of your authenticator app too.", "code"), StatusCodes.Status401Unauthorized);

        return await totp.TakeAsync(id, code, http.Origin, http.RequestAborted)
            ? null
            : Problems.From(new("invalid_code", "The code is wrong, or was used before: wait for the next.", "code"), StatusCodes.Status401Unauthorized);
    }

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> RenewAsync(
        HttpContext http, Sessions sessions, CancellationToken cancellationToken) =>
        await sessions.RenewAsync(http.SignedIn, http.Origin, cancellationToken) is { } next
            ? TypedResults.Ok(SignInAnswer.Of(next))
            : TokenProblems.From(TokenFault.Expired);
}
