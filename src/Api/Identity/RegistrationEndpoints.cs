using System.Net.Mail;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Platform.Workers.Identity;
using Wolverine;

namespace Platform.Api.Identity;

/// <summary>Who wants to become a user.</summary>
public sealed record RegisterRequest(string Email, string Password);

/// <summary>What the letter to the address carried.</summary>
public sealed record VerifyRequest(string Code);

/// <summary>How somebody becomes a user.</summary>
public static class RegistrationEndpoints
{
    // RFC 5321 4.5.3.1.3 less the angle brackets.
    private const int EmailLengthMax = 254;

    extension(IEndpointRouteBuilder app)
    {
        public void MapRegistration()
        {
            var auth = app.MapGroup("/v1/auth").WithTags("Sign-in").Requires(OpenPermissions.Register)
                .CountsAs(RateTier.Guess);
            auth.MapPost("/register", RegisterAsync).WithSummary("Become a user")
                .WithDescription("A letter goes to the address. The answer is the same whether or not it has an account.")
                .Accepts<RegisterRequest>("application/json")
                .Refuses(StatusCodes.Status422UnprocessableEntity, "invalid_email", "password_length", "password_guessable");
            auth.MapPost("/verify", VerifyAsync).WithSummary("Confirm the address with the code of the letter")
                .Accepts<VerifyRequest>("application/json")
                .Refuses(StatusCodes.Status422UnprocessableEntity, "invalid_code");
        }
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> RegisterAsync(
        HttpRequest request, IMessageBus bus, TimeProvider time, CancellationToken cancellationToken)
    {
        var asked = await request.ReadStrictAsync<RegisterRequest>(cancellationToken);
        var email = asked.Email.Trim().ToLowerInvariant();
        if (email.Length > EmailLengthMax || !MailAddress.TryCreate(email, out var address)
            || !string.Equals(address.Address, email, StringComparison.Ordinal))
            return Problems.From(new("invalid_email", "That is no e-mail address.", "email"));
        if (PasswordRules.WhyNot(asked.Password, email) is { } weak)
            return Problems.From(weak);

        // Hashed whoever asks, so that the time tells nothing either.
        var signUp = new SignUp(UserId.From(Guid.CreateVersion7(time.GetUtcNow())), email, Passwords.Hash(asked.Password));
        await bus.InvokeAsync<Answer>(signUp, CancellationToken.None);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> VerifyAsync(
        HttpRequest request, AddressProof proof, IDocumentStore store, IMessageBus bus, CancellationToken cancellationToken)
    {
        var asked = await request.ReadStrictAsync<VerifyRequest>(cancellationToken);
        await using var session = store.QuerySession();
        if (proof.ClaimedUser(asked.Code) is not { } user
            || await session.LoadAsync<UserAccount>(user, cancellationToken) is not { } account || !proof.IsFor(asked.Code, account.Email))
            return Problems.From(new("invalid_code", "The code is not good, or too old: register again and a new one comes.", "code"));

        var answer = await bus.InvokeAsync<Answer>(new VerifyAddress(user), CancellationToken.None);
        return answer.Refusal is { } refusal ? Problems.From(refusal) : TypedResults.NoContent();
    }
}

/// <summary>What a password must be (NIST SP 800-63B-4 3.1.1.2): long, and not what anyone would try first.</summary>
public static class PasswordRules
{
    public const int LengthMin = 12;
    public const int LengthMax = 256;

    // Fewer than that and it is a pattern on the keyboard.
    private const int DistinctMin = 5;

    /// <summary>Null when the password will do.</summary>
    /// <param name="email">Lower case.</param>
    public static Refusal? WhyNot(string password, string email)
    {
        var runes = password.EnumerateRunes().ToList();
        var isGuessable = runes.Distinct().Count() < DistinctMin
            || password.Contains(email, StringComparison.OrdinalIgnoreCase)
            || email.StartsWith(password, StringComparison.OrdinalIgnoreCase);
        return (runes.Count, isGuessable) switch
        {
            (< LengthMin or > LengthMax, _) => new(
                "password_length", $"A password has {LengthMin} to {LengthMax} characters; length counts more than signs.", "password"),
            (_, true) => new("password_guessable", "That is too easy to guess.", "password"),
            _ => null,
        };
    }
}
