using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Platform.Api;

/// <summary>
/// Gives every problem what all of them have, and writes it as JSON whatever the caller accepts: who asked for a
/// spreadsheet must learn all the same why there is none.
/// </summary>
public sealed class ProblemWriter(IOptions<JsonOptions> json, IMeterFactory meters) : IProblemDetailsWriter
{
    /// <summary>Counts problems by <c>code</c> and <c>http.route</c>.</summary>
    public const string Meter = "platform.api";

    private readonly Counter<long> written = meters.Create(Meter).CreateCounter<long>("platform.api.problems");

    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (problem, response) = (context.ProblemDetails, context.HttpContext.Response);
        problem.Status ??= response.StatusCode;
        if (!problem.Extensions.TryGetValue("code", out var code))
        {
            var own = Problems.Details(new(Problems.CodeOf(problem.Status.Value), problem.Detail ?? "", Field: null), problem.Status.Value);
            (problem.Type, problem.Title) = (own.Type, own.Title);
            code = own.Extensions["code"];
            problem.Extensions["code"] = code;
        }
        problem.Extensions["rayId"] = RayId.Of(Activity.Current);
        problem.Extensions.Remove("traceId");
        Count(context.HttpContext, (string)code!);
        return new(response.WriteAsJsonAsync(
            problem, json.Value.SerializerOptions, "application/problem+json",
            context.HttpContext.RequestAborted));
    }

    private void Count(HttpContext http, string code)
    {
        // Who handles an exception takes the endpoint away.
        var endpoint = http.GetEndpoint() ?? http.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        written.Add(
            1, new("code", code), new("http.request.method", endpoint is null ? null : http.Request.Method),
            new("http.route", (endpoint as RouteEndpoint)?.RoutePattern.RawText));
    }
}
