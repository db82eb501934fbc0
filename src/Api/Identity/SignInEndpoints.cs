using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Identity;
using Platform.Projections.Identity;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>Who wants in.</summary>
public sealed record SignInRequest(string Email, string Password);

/// <summary>Goes into <c>Authorization: Bearer</c> until it expires.</summary>
public sealed record SignInAnswer(string Token, DateTimeOffset ExpiresAt);

public static class SignInEndpoints
{
    /// <summary>Guessing passwords and burning our memory on hashes are both kept slow.</summary>
    public const string RateLimit = "sign-in";

    private const int PasswordLengthMax = 256;

    extension(IEndpointRouteBuilder app)
    {
        public void MapSignIn() => app.MapPost("/v1/auth/sign-in", SignInAsync)
            .WithTags("Sign-in").WithSummary("Sign in and get a token")
            .Accepts<SignInRequest>("application/json")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .RequireRateLimiting(RateLimit)
            .Requires(OpenPermissions.SignIn);
    }

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> SignInAsync(
        HttpRequest request, IDocumentStore store, Tokens tokens, CancellationToken cancellationToken)
    {
        var asked = await request.ReadStrictAsync<SignInRequest>(cancellationToken);
        var email = asked.Email.Trim().ToLowerInvariant();
        await using var session = store.QuerySession();
        var user = await session.Query<UserAccount>().SingleOrDefaultAsync(known => known.Email == email, cancellationToken);
        var isRight = asked.Password.Length <= PasswordLengthMax && Passwords.Verify(asked.Password, user?.PasswordHash);
        if (!isRight || user is null)
            return TypedResults.Problem(Problems.Details(
                new("invalid_credentials", "E-mail or password is wrong."), StatusCodes.Status401Unauthorized));

        var (token, expiresAt) = tokens.Issue(user.Id);
        return TypedResults.Ok(new SignInAnswer(token, expiresAt));
    }
}
