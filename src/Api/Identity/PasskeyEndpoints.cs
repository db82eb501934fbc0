using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>A passkey of the caller.</summary>
/// <param name="IsBackedUp">Whether it is synchronized over the person's devices.</param>
public sealed record PasskeyResponse(
    PasskeyId PasskeyId, string Label, bool IsBackedUp, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>A new passkey.</summary>
/// <param name="Credential">As <c>navigator.credentials.create</c> gave it, in its JSON form.</param>
public sealed record AddPasskeyRequest(Guid ChallengeId, JsonElement Credential, string Label);

/// <summary>How people sign in without a password.</summary>
public static class PasskeyEndpoints
{
    private const int LabelLengthMax = 80;

    /// <summary>In memory: nobody has more than a few.</summary>
    public static ListOf<PasskeyResponse> List { get; } = new("passkeys", "passkeyId", "-createdAt",
    [
        Field<PasskeyResponse>.Uuid("passkeyId", passkey => passkey.PasskeyId.Value),
        Field<PasskeyResponse>.Text("label", passkey => passkey.Label) with { IsSortable = true, IsSearched = true },
        Field<PasskeyResponse>.Boolean("isBackedUp", passkey => passkey.IsBackedUp),
        Field<PasskeyResponse>.Time("createdAt", passkey => passkey.CreatedAt) with { IsSortable = true },
        Field<PasskeyResponse>.Time("lastUsedAt", passkey => passkey.LastUsedAt) with { IsNullable = true },
    ]);

    extension(IEndpointRouteBuilder app)
    {
        public void MapPasskeys()
        {
            var open = app.MapGroup("/v1/auth/passkey").WithTags("Sign-in").Requires(OpenPermissions.SignIn)
                .CountsAs(RateTier.Guess);
            open.MapPost("/options", AskToSignInAsync).WithSummary("What a passkey signs to sign you in");
            open.MapPost("/", SignInAsync).WithSummary("Sign in with a passkey").Accepts<PasskeyAnswer>("application/json").ShowsSecret()
                .Refuses(StatusCodes.Status401Unauthorized, "invalid_credentials").Refuses(StatusCodes.Status503ServiceUnavailable, "clock_skewed");

            var own = app.MapGroup("/v1/account/passkeys").WithTags("Account");
            own.MapGet("/", ListAsync).WithSummary("Your passkeys").Lists(List).Requires(AccountPermissions.ReadAccount);
            own.MapPost("/options", AskToCreateAsync).WithSummary("What a new passkey signs").Requires(AccountPermissions.ReadAccount)
                .Refuses(StatusCodes.Status404NotFound, "not_found");
            own.MapPost("/proof", AskToProveAsync).WithSummary("What one of your passkeys signs to prove again that it is you")
                .Requires(AccountPermissions.ProveAgain).Refuses(StatusCodes.Status404NotFound, "not_found");
            own.MapPost("/", AddAsync).WithSummary("Add a passkey")
                .AsksAgain<AddPasskeyRequest>(AccountPermissions.AddPasskey).ShowsSecret()
                .Refuses(StatusCodes.Status404NotFound, "not_found")
                .Refuses(StatusCodes.Status422UnprocessableEntity, "label_length", "passkey_refused", "too_many_passkeys");
            own.MapPost("/{passkeyId:guid}/remove", RemoveAsync).WithSummary("Remove a passkey")
                .AsksAgain<NothingMore>(AccountPermissions.RemovePasskey, "passkeyId").ShowsSecret().Refuses(StatusCodes.Status404NotFound, "not_found");
        }
    }

    private static async Task<Ok<PasskeyOptions>> AskToSignInAsync(HttpContext http, Passkeys passkeys) =>
        TypedResults.Ok(await passkeys.AskToProveAsync(account: null, http));

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> SignInAsync(
        HttpContext http, Passkeys passkeys, Sessions sessions, CancellationToken cancellationToken)
    {
        var answer = await http.Request.ReadStrictAsync<PasskeyAnswer>(cancellationToken);
        if (await passkeys.ProvenAsync(answer, http) is not { } account)
            return Problems.From(new("invalid_credentials", "The passkey is not good."), StatusCodes.Status401Unauthorized);

        var device = http.Request.Headers.UserAgent.ToString();
        var token = await sessions.OpenAsync(new(account.Id, ProofMethods.Passkey, device, http.Origin), cancellationToken);
        return TypedResults.Ok(SignInAnswer.Of(token));
    }

    private static async Task<ListAnswer<PasskeyResponse>> ListAsync(
        ListQuery asked, HttpContext http, IDocumentStore store, CancellationToken cancellationToken)
    {
        var user = http.SignedIn.UserId;
        await using var session = store.QuerySession();
        var known = await session.Query<PasskeyCredential>().Where(passkey => passkey.UserId == user)
            .Take(UserDecider.PasskeysMax).ToListAsync(cancellationToken);
        return new(List, asked, new MemorySource<PasskeyResponse>([.. known.Select(passkey => new PasskeyResponse(
            passkey.Id, passkey.Label, passkey.IsBackedUp, passkey.CreatedAt, passkey.LastUsedAt))]));
    }

    private static async Task<Results<Ok<PasskeyOptions>, ProblemHttpResult>> AskToCreateAsync(
        HttpContext http, Passkeys passkeys, IDocumentStore store) =>
        await AccountAsync(http, store) is { } account
            ? TypedResults.Ok(await passkeys.AskToCreateAsync(account, http))
            : Problems.From(Refusal.NotFound);

    private static async Task<Results<Ok<PasskeyOptions>, ProblemHttpResult>> AskToProveAsync(
        HttpContext http, Passkeys passkeys, IDocumentStore store) =>
        await AccountAsync(http, store) is { } account
            ? TypedResults.Ok(await passkeys.AskToProveAsync(account, http))
            : Problems.From(Refusal.NotFound);

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> AddAsync(
        Danger<AddPasskeyRequest> asked, HttpContext http, Passkeys passkeys, AccountChanges changes, Sessions sessions, IDocumentStore store)
    {
        if (asked.Body.Label.Trim() is not { Length: > 0 and <= LabelLengthMax } label)
            return Problems.From(new("label_length", $"A name has 1 to {LabelLengthMax} characters.", "label"));
        if (await AccountAsync(http, store) is not { } account
            || await passkeys.CreatedAsync(account, new(asked.Body.ChallengeId, asked.Body.Credential), label, http) is not { } passkey)
            return Problems.From(new("passkey_refused", "The passkey was not made as it was asked for, or too late: try again.", "credential"));

        return await http.GoOnAsync(await changes.AddPasskeyAsync(asked.Token, passkey, CancellationToken.None), sessions);
    }

    private static async Task<Results<Ok<SignInAnswer>, ProblemHttpResult>> RemoveAsync(
        Guid passkeyId, Danger<NothingMore> asked, HttpContext http, AccountChanges changes, Sessions sessions) =>
        await http.GoOnAsync(
            await changes.RemovePasskeyAsync(asked.Token, PasskeyId.From(passkeyId), CancellationToken.None), sessions);

    private static async Task<UserAccount?> AccountAsync(HttpContext http, IDocumentStore store)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<UserAccount>(http.SignedIn.UserId, http.RequestAborted);
    }
}
