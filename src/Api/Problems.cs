using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Platform.Domain.Values;

namespace Platform.Api;

/// <summary>The one place where a refusal becomes HTTP (RFC 9457).</summary>
public static class Problems
{
    /// <summary>A rule said no.</summary>
    public static ProblemHttpResult From(Refusal refusal) => From(refusal, StatusOf(refusal.Code));

    /// <summary>A refusal that is no rule's but of the request itself.</summary>
    public static ProblemHttpResult From(Refusal refusal, int status) => TypedResults.Problem(Details(refusal, status));

    /// <summary>What a command answers that has nothing to tell but that it was done.</summary>
    public static Results<NoContent, ProblemHttpResult> Answered(Answer answer) =>
        answer.Refusal is { } refusal ? From(refusal) : TypedResults.NoContent();

    /// <summary>What any refusal looks like outside.</summary>
    public static ProblemDetails Details(Refusal refusal, int status) => new()
    {
        Status = status,
        Type = $"/problems/{refusal.Code}",
        Title = TitleOf(refusal.Code),
        Detail = refusal.Detail,
        Extensions = refusal.Field is null
            ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = refusal.Code }
            : new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = refusal.Code, ["field"] = refusal.Field },
    };

    /// <summary>The code of a status that the framework answered by itself.</summary>
    public static string CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "bad_request",
        StatusCodes.Status401Unauthorized => "not_signed_in",
        StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound => "not_found",
        StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
        StatusCodes.Status408RequestTimeout => "request_timeout",
        StatusCodes.Status413PayloadTooLarge => "body_too_large",
        StatusCodes.Status415UnsupportedMediaType => "media_type_unsupported",
        StatusCodes.Status429TooManyRequests => "rate_limited",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        _ => "internal_error",
    };

    private static int StatusOf(string code) => code switch
    {
        "not_found" => StatusCodes.Status404NotFound,
        "venue_unavailable" => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    extension(HttpResponse response)
    {
        /// <summary>Says when to come back (RFC 9110 10.2.3), in whole seconds and at least one.</summary>
        public void SetRetryAfter(TimeSpan wait) =>
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    // "price_off_tick" reads as "Price off tick".
    private static string TitleOf(string code) =>
        string.Concat(char.ToUpperInvariant(code[0]), code[1..].Replace('_', ' '));
}

/// <summary>What every problem carries, whoever wrote it.</summary>
public static class ProblemRegistration
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddPlatformProblems() => services
            .AddExceptionHandler<ExceptionProblems>()
            // Before the framework's own: the first that can write a problem does.
            .AddSingleton<IProblemDetailsWriter, ProblemWriter>()
            .AddProblemDetails();
    }
}
