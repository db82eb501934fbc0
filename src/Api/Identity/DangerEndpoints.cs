using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>What a person wants to do, as it was shown, and the proof of being the one.</summary>
/// <param name="Operation">The operation's id.</param>
/// <param name="Resource">What it is done to, as it stands in the request's address; null when it has nothing yet.</param>
/// <param name="PoolId">The pool in the request's address; null when there is none.</param>
/// <param name="Payload">The body of the request that will follow; an object without members when it has none.</param>
/// <param name="Code">Of the authenticator app, by whoever has set one up.</param>
/// <param name="Passkey">What a passkey of the person answered; worth as much.</param>
/// <param name="Password">Enough only for who has set up neither.</param>
public sealed record DangerRequest(
    string Operation, string? Resource, PoolId? PoolId, JsonElement Payload, string? Code = null, PasskeyAnswer? Passkey = null,
    string? Password = null);

/// <summary>Goes into <c>X-Danger-Token</c> of that one request, beside the session's own token.</summary>
public sealed record DangerAnswer(string Token, DateTimeOffset ExpiresAt);

/// <summary>Whether a caller may do that in that pool, had they a danger token.</summary>
public delegate ValueTask<AccessDecision> DecideDanger(
    ClaimsPrincipal caller, Permission permission, PoolId? pool, CancellationToken cancellationToken);

/// <summary>Asks a person again before something that cannot be taken back.</summary>
public static class DangerEndpoints
{
    private const int ResourceLengthMax = 256;

    extension(IEndpointRouteBuilder app)
    {
        public void MapDanger() => app.MapPost("/v1/auth/danger", AskAsync)
            .WithTags("Sign-in").WithSummary("Prove again who you are, for one operation")
            .Accepts<DangerRequest>("application/json")
            .CountsAs(RateTier.Guess)
            .Refuses(StatusCodes.Status400BadRequest, "operation_unknown")
            .Refuses(StatusCodes.Status403Forbidden, [.. Enum.GetValues<Denial>().Select(Denials.CodeOf).Distinct(StringComparer.Ordinal)])
            .Refuses(StatusCodes.Status404NotFound, "not_found")
            .Refuses(StatusCodes.Status429TooManyRequests, "too_many_attempts")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "proof_invalid").ShowsSecret()
            .Requires(AccountPermissions.ProveAgain);
    }

    private static async Task<Results<Ok<DangerAnswer>, ProblemHttpResult>> AskAsync(
        HttpContext http, DecideDanger decide, DangerTokens tokens, Passkeys passkeys, CancellationToken cancellationToken)
    {
        var asked = await http.Request.ReadStrictAsync<DangerRequest>(cancellationToken);
        if (Permissions.Find(asked.Operation) is not { Tier: TokenTier.Danger } permission)
            throw new BodyException(new("operation_unknown", "There is no operation of that id that asks again.", "operation"));
        if (asked.Resource?.Length > ResourceLengthMax || asked.Payload.ValueKind is not JsonValueKind.Object)
            throw new BodyException(new("invalid_value", "The payload is an object, and the resource is short.", "payload"));

        var decision = await decide(http.User, permission, asked.PoolId, cancellationToken);
        if (!decision.IsAllowed)
            return Denials.ProblemOf(decision, permission);

        var binding = new DangerBinding(permission.Id, asked.Resource ?? "", asked.PoolId, DigestOf(asked.Payload));
        return await tokens.IssueAsync(http.SignedIn, binding, await ProofAsync(asked, passkeys, http), cancellationToken) is { } token
            ? TypedResults.Ok(new DangerAnswer(token.Text, token.ExpiresAt))
            : TypedResults.Problem(Problems.Details(
                new("proof_invalid", "That does not prove that it is you."), StatusCodes.Status422UnprocessableEntity));
    }

    // A passkey of somebody else proves nothing about who asks.
    private static async Task<StrongProof> ProofAsync(DangerRequest asked, Passkeys passkeys, HttpContext http) => new(
        http.Origin, asked.Password, asked.Code,
        asked.Passkey is { } answer && (await passkeys.ProvenAsync(answer, http))?.Id == http.SignedIn.UserId);

    private static string DigestOf(JsonElement payload)
    {
        try
        {
            return DangerPayload.DigestOf(payload);
        }
        catch (FormatException error)
        {
            throw new BodyException(new("invalid_value", error.Message, "payload"));
        }
    }
}
