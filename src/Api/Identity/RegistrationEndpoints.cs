using System.Net.Mail;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Workers.Identity;
using Wolverine;

namespace Platform.Api.Identity;

/// <summary>Whom to write to.</summary>
public sealed record LetterRequest(string Email);

/// <summary>What the letter to the address carried, and the password from now on.</summary>
public sealed record VerifyRequest(string Code, string Password);

/// <summary>Whose password it is now: what to sign in with.</summary>
public sealed record VerifyAnswer(string Email);

/// <summary>How somebody becomes a user, and how a user who forgot the password comes back.</summary>
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
                .Accepts<LetterRequest>("application/json").Refuses(StatusCodes.Status422UnprocessableEntity, "invalid_email");
            auth.MapPost("/recover", RecoverAsync).WithSummary("Get a letter with which to choose another password")
                .WithDescription("The answer is the same whether or not the address has an account. A second factor stays as it is.")
                .Accepts<LetterRequest>("application/json").Refuses(StatusCodes.Status422UnprocessableEntity, "invalid_email");
            auth.MapPost("/verify", VerifyAsync).WithSummary("Confirm the address with the code of the letter, and choose the password")
                .WithDescription("A code is good once. Every session that there was ends.")
                .Accepts<VerifyRequest>("application/json")
                .Refuses(StatusCodes.Status409Conflict, "changed_meanwhile")
                .Refuses(StatusCodes.Status422UnprocessableEntity, "invalid_code", "password_length", "password_guessable");
        }
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> RegisterAsync(
        HttpRequest request, IMessageBus bus, TimeProvider time, CancellationToken cancellationToken)
    {
        var asked = await request.ReadStrictAsync<LetterRequest>(cancellationToken);
        return await AskAddressAsync(
            asked, email => new SignUp(UserId.From(Guid.CreateVersion7(time.GetUtcNow())), email), bus);
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> RecoverAsync(
        HttpRequest request, IMessageBus bus, CancellationToken cancellationToken) =>
        await AskAddressAsync(await request.ReadStrictAsync<LetterRequest>(cancellationToken), email => new Recover(email), bus);

    private static async Task<Results<Accepted, ProblemHttpResult>> AskAddressAsync(
        LetterRequest asked, Func<string, object> command, IMessageBus bus)
    {
        var email = asked.Email.Trim().ToLowerInvariant();
        if (email.Length > EmailLengthMax || !MailAddress.TryCreate(email, out var address)
            || !string.Equals(address.Address, email, StringComparison.Ordinal))
            return Problems.From(new("invalid_email", "That is no e-mail address.", "email"));

        await bus.InvokeAsync<Answer>(command(email), CancellationToken.None);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<Ok<VerifyAnswer>, ProblemHttpResult>> VerifyAsync(
        HttpRequest request, AccountChanges changes, CancellationToken cancellationToken)
    {
        var asked = await request.ReadStrictAsync<VerifyRequest>(cancellationToken);
        var (answer, email) = await changes.ChoosePasswordAsync(asked.Code, asked.Password, CancellationToken.None);
        return answer.Refusal is { } refusal ? Problems.From(refusal) : TypedResults.Ok(new VerifyAnswer(email));
    }
}
