using System.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Platform.Api;

/// <summary>
/// Gives every problem what all of them have, and writes it as JSON whatever the caller accepts: who asked for a
/// spreadsheet must learn all the same why there is none.
/// </summary>
public sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (problem, response) = (context.ProblemDetails, context.HttpContext.Response);
        problem.Status ??= response.StatusCode;
        if (!problem.Extensions.ContainsKey("code"))
        {
            var own = Problems.Details(new(Problems.CodeOf(problem.Status.Value), problem.Detail ?? "", Field: null), problem.Status.Value);
            (problem.Type, problem.Title) = (own.Type, own.Title);
            problem.Extensions["code"] = own.Extensions["code"];
        }
        problem.Extensions["rayId"] = RayId.Of(Activity.Current);
        problem.Extensions.Remove("traceId");
        return new(response.WriteAsJsonAsync(
            problem, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), json.Value.SerializerOptions, "application/problem+json",
            context.HttpContext.RequestAborted));
    }
}
