using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Identity;
using Platform.Projections.Identity;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>Who wants in.</summary>
public sealed record SignInRequest(string Email, string Password);

/// <summary>Goes into <c>Authorization: Bearer</c> until it expires; from <c>renewAt</c> on another can be had for it.</summary>
public sealed record SignInAnswer(string Token, DateTimeOffset ExpiresAt, DateTimeOffset RenewAt)
{
    public static SignInAnswer Of(IssuedToken token) => new(token.Text, token.ExpiresAt, token.RenewAt);
}

public static class SignInEndpoints
{
    /// <summary>Guessing passwords and burning our memory on hashes are both kept slow.</summary>
    public const string RateLimit = "sign-in";

    private const int PasswordLengthMax = 256;

    extension(IEndpointRouteBuilder app)
    {
        public void MapSignIn()
        {
            app.MapPost("/v1/auth/sign-in", SignInAsync)
                .WithTags("Sign-in").WithSummary("Sign in and get a token")
                .Accepts<SignInRequest>("application/json")
                .ProducesProblem(StatusCodes.Status400BadRequest)
                .ProducesProblem(StatusCodes.Status401Unauthorized)
                .ProducesProblem(StatusCodes.Status429TooManyRequests)
                .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
                .RequireRateLimiting(RateLimit)
                .Requires(OpenPermissions.SignIn);
            app.MapPost("/v1/auth/renew", RenewAsync)
                .WithTags("Sign-in").WithSummary("Get the session's next token for the latest one")
                .ProducesProblem(StatusCodes.Status401Unauthorized)
                .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
                .Requires(AccountPermissions.RenewSession);
        }
    }

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> SignInAsync(
        HttpContext http, IDocumentStore store, Sessions sessions, CancellationToken cancellationToken)
    {
        var asked = await http.Request.ReadStrictAsync<SignInRequest>(cancellationToken);
        var email = asked.Email.Trim().ToLowerInvariant();
        await using var session = store.QuerySession();
        var user = await session.Query<UserAccount>().SingleOrDefaultAsync(known => known.Email == email, cancellationToken);
        var isRight = asked.Password.Length <= PasswordLengthMax && Passwords.Verify(asked.Password, user?.PasswordHash);
        if (!isRight || user is null)
            return TypedResults.Problem(Problems.Details(
                new("invalid_credentials", "E-mail or password is wrong."), StatusCodes.Status401Unauthorized));

        var device = http.Request.Headers.UserAgent.ToString();
        var token = await sessions.OpenAsync(new(user.Id, ProofMethods.Password, device, http.Origin), cancellationToken);
        return TypedResults.Ok(SignInAnswer.Of(token));
    }

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> RenewAsync(
        HttpContext http, Sessions sessions, CancellationToken cancellationToken) =>
        await sessions.RenewAsync(http.SignedIn, http.Origin, cancellationToken) is { } next
            ? TypedResults.Ok(SignInAnswer.Of(next))
            : TokenProblems.From(TokenFault.Expired);
}
