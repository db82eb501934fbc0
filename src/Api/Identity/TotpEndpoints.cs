using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>A code of the authenticator app.</summary>
public sealed record TotpCodeRequest(string Code);

/// <summary>How people begin and stop using one-time codes.</summary>
public static class TotpEndpoints
{
    extension(IEndpointRouteBuilder app)
    {
        public void MapTotp()
        {
            var totp = app.MapGroup("/v1/account/totp").WithTags("Account")
                .Refuses(StatusCodes.Status503ServiceUnavailable, "vault_sealed");
            totp.MapPost("/", BeginAsync).WithSummary("Get a secret for your authenticator app")
                .WithDescription("Shown this once. It counts from the first code on that you send to confirm it.")
                .Requires(AccountPermissions.EnrollTotp).Refuses(StatusCodes.Status404NotFound, "not_found")
                .Refuses(StatusCodes.Status422UnprocessableEntity, "totp_in_use").ShowsSecret();
            totp.MapPost("/confirm", ConfirmAsync).WithSummary("Begin to use one-time codes, with a first one")
                .Accepts<TotpCodeRequest>("application/json")
                .CountsAs(RateTier.Guess)
                .Requires(AccountPermissions.EnrollTotp).Refuses(StatusCodes.Status422UnprocessableEntity, "code_wrong", "totp_enrolled");
            totp.MapPost("/remove", RemoveAsync).WithSummary("Stop using one-time codes")
                .WithDescription("Every other session ends. The answer is this session's next token.")
                .AsksAgain<NothingMore>(AccountPermissions.RemoveTotp).ShowsSecret()
                .Refuses(StatusCodes.Status404NotFound, "not_found");
        }
    }

    private static async Task<Results<Ok<TotpSetup>, ProblemHttpResult>> BeginAsync(
        HttpContext http, IDocumentStore store, Totp totp, CancellationToken cancellationToken)
    {
        var id = http.SignedIn.UserId;
        await using var session = store.QuerySession();
        if (await session.LoadAsync<UserAccount>(id, cancellationToken) is not { } account)
            return Problems.From(Refusal.NotFound);

        return await totp.BeginAsync(id, account.Email, cancellationToken) is { } setup
            ? TypedResults.Ok(setup)
            : Problems.From(new("totp_in_use", "One-time codes are in use already; remove them first."));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ConfirmAsync(
        HttpContext http, AccountChanges changes, CancellationToken cancellationToken)
    {
        var asked = await http.Request.ReadStrictAsync<TotpCodeRequest>(cancellationToken);
        var answer = await changes.ConfirmTotpAsync(http.SignedIn.UserId, asked.Code, CancellationToken.None);
        return Problems.Answered(answer);
    }

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> RemoveAsync(
        Danger<NothingMore> asked, HttpContext http, AccountChanges changes, Sessions sessions) =>
        await http.GoOnAsync(await changes.RemoveTotpAsync(asked.Token, CancellationToken.None), sessions);
}
