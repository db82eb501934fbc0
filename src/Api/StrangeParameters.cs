using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api.Lists;

namespace Platform.Api;

/// <summary>
/// A parameter that an endpoint does not have is refused: who asks for an instant where only now is told would else take one for the other.
/// </summary>
public static class StrangeParameters
{
    extension(RouteGroupBuilder routes)
    {
        /// <summary>For handlers that take each parameter as a string; lists look after their own.</summary>
        public RouteGroupBuilder RefusesStrangeParameters() => routes
            .Refuses(StatusCodes.Status400BadRequest, "unknown_parameter")
            .AddEndpointFilterFactory(Look);
    }

    private static EndpointFilterDelegate Look(EndpointFilterFactoryContext endpoint, EndpointFilterDelegate next)
    {
        var parameters = endpoint.MethodInfo.GetParameters();
        if (parameters.Any(parameter => parameter.ParameterType == typeof(ListQuery)))
            return next;

        var taken = parameters.Where(parameter => parameter.ParameterType == typeof(string)).Select(parameter => parameter.Name!).ToArray();
        return invocation =>
        {
            var request = invocation.HttpContext.Request;
            var known = taken.Where(name => !request.RouteValues.ContainsKey(name)).ToArray();
            return request.Query.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } stranger
                ? ValueTask.FromResult<object?>(Refusal(stranger, known))
                : next(invocation);
        };
    }

    private static ProblemHttpResult Refusal(string stranger, string[] known) => TypedResults.Problem(Problems.Details(
        new(
            "unknown_parameter", known is [] ? "It takes no parameter." : $"It takes no other parameters than {string.Join(", ", known)}.",
            stranger.Length <= 40 ? stranger : stranger[..40]),
        StatusCodes.Status400BadRequest));
}
