using Microsoft.AspNetCore.Http.Metadata;
using Platform.Api.Idempotency;
using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Identity;

namespace Platform.Api;

/// <summary>Codes by which an endpoint's own rules may refuse.</summary>
public sealed record Refuses(int Status, IReadOnlyList<string> Codes);

/// <summary>
/// Every code that an endpoint may answer: its own, and those that follow from what it takes. The description of the API
/// lists them, and the tests hold all that was ever answered against them.
/// </summary>
public static class Refusals
{
    private static readonly Refuses[] Always =
    [
        new(StatusCodes.Status429TooManyRequests, ["rate_limited"]),
        new(StatusCodes.Status500InternalServerError, ["internal_error"]),
        new(StatusCodes.Status503ServiceUnavailable, ["store_unavailable", "overloaded"]),
    ];

    private static readonly Refuses[] OfBody =
    [
        new(
            StatusCodes.Status400BadRequest,
            ["bad_request", "malformed_json", "unknown_member", "duplicate_member", "missing_member", "invalid_value"]),
        new(StatusCodes.Status408RequestTimeout, ["request_timeout"]),
        new(StatusCodes.Status413PayloadTooLarge, ["body_too_large"]),
        new(StatusCodes.Status415UnsupportedMediaType, ["media_type_unsupported"]),
    ];

    private static readonly Refuses[] OfList =
    [
        new(StatusCodes.Status400BadRequest,
        [
            "unknown_parameter", "duplicate_parameter", "unknown_field", "unknown_operator", "invalid_filter", "invalid_limit",
            "invalid_cursor", "invalid_search", "invalid_count", "invalid_after",
        ]),
    ];

    private static readonly Refuses[] OfStoredList = [.. OfList, new(StatusCodes.Status422UnprocessableEntity, ["list_too_expensive"])];

    /// <param name="facts">An endpoint's metadata.</param>
    /// <returns>By status, each code once.</returns>
    public static ILookup<int, string> Of(IEnumerable<object> facts)
    {
        object[] known = [.. facts];
        IEnumerable<Refuses> all =
        [
            .. Always, .. known.OfType<Refuses>(),
            .. known.OfType<Permission>().SelectMany(Of),
            .. known.OfType<IAcceptsMetadata>().Take(1).SelectMany(_ => OfBody),
            .. known.OfType<ListDeclaration>().Take(1).SelectMany(list => list.IsInMemory ? OfList : OfStoredList),
            .. IdempotencyRoutes.TakenBy(known) is { } key ? Of(key) : [],
        ];
        return all.SelectMany(each => each.Codes.Select(code => (each.Status, code))).Distinct()
            .OrderBy(each => each.Status).ToLookup(each => each.Status, each => each.code);
    }

    private static IEnumerable<Refuses> Of(IdempotencyKey key) =>
    [
        new(StatusCodes.Status400BadRequest, key.IsRequired ? ["idempotency_key_missing", "invalid_idempotency_key"] : ["invalid_idempotency_key"]),
        new(StatusCodes.Status429TooManyRequests, ["daily_limit_reached"]),
        new(StatusCodes.Status409Conflict, key.IsRepeatable
            ? ["changed_meanwhile"]
            : ["changed_meanwhile", "idempotency_in_flight", "idempotency_answer_lost", "idempotency_answer_secret"]),
        new(StatusCodes.Status422UnprocessableEntity, ["idempotency_key_reused"]),
    ];

    private static IEnumerable<Refuses> Of(Permission permission)
    {
        if (permission.Tier is TokenTier.None)
            yield break;

        yield return new(StatusCodes.Status401Unauthorized, ["not_signed_in", "token_invalid"]);
        yield return new(StatusCodes.Status503ServiceUnavailable, ["barrier_stale", "clock_skewed"]);
        yield return new(
            StatusCodes.Status403Forbidden, [.. Enum.GetValues<Denial>().Where(denial => CanBe(denial, permission)).Select(Denials.CodeOf)]);
        if (permission.IsPooled)
            yield return new(StatusCodes.Status404NotFound, ["not_found"]);
        if (permission.Tier is TokenTier.Danger)
            yield return new(StatusCodes.Status409Conflict, ["danger_token_used"]);
    }

    private static bool CanBe(Denial denial, Permission permission) => denial switch
    {
        Denial.TierTooLow => permission.Tier is TokenTier.Danger,
        Denial.ScopeMissing => true,
        Denial.PlanTooLow => permission.Plan is not Plan.Free,
        Denial.PlatformTooLow => permission.Grants.Any(grant => grant.Platform > PlatformLevel.None),
        Denial.PoolTooLow => permission.IsPooled,
        Denial.DutyExcluded => permission.Duty is Duty.Initiate,
        Denial.OwnInitiative => permission.Duty is Duty.Approve,
        Denial.TargetNotBelow => permission.IsBelowOwnLevel,
        Denial.Never => permission.Grants.Count == 0,
        _ => false,
    };
}

public static class RefusalRoutes
{
    extension<TBuilder>(TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>Declares codes of the endpoint's own rules; what follows from what it takes is known.</summary>
        public TBuilder Refuses(int status, params IReadOnlyList<string> codes) => route.WithMetadata(new Refuses(status, codes));

        /// <summary>For what the framework would map to every verb there is.</summary>
        public TBuilder Takes(params IEnumerable<string> verbs) => route.WithMetadata(new HttpMethodMetadata(verbs));
    }
}
