using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Platform.Api;

/// <summary>
/// Whoever stands before us (a proxy, a rule by address, a log) must have read the request as we do. What can be read in two
/// ways is refused: a body of two lengths, a verb of nobody's, an address in another spelling than its own.
/// </summary>
public sealed class PlainRequests(RequestDelegate next)
{
    private static readonly string[] Verbs =
        [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    // Where the server puts a length beside Transfer-Encoding, after it has taken it away (RFC 9112 6.1).
    private const string LengthTakenAway = "X-Content-Length";

    public async Task InvokeAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        if (request.Headers.ContainsKey(LengthTakenAway))
        {
            http.SetEndpoint(endpoint: null);
            response.Headers.Connection = "close";
            await Problems.From(
                new("bad_request", "The request cannot be read."), StatusCodes.Status400BadRequest).ExecuteAsync(http);
            return;
        }

        if (!Verbs.Contains(request.Method, StringComparer.Ordinal) && http.GetEndpoint() is null or RouteEndpoint)
        {
            http.SetEndpoint(endpoint: null);
            response.Headers[HeaderNames.Allow] = string.Join(", ", Verbs);
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        // Whether a key lies in it is looked at all the same.
        if (http.GetEndpoint() is RouteEndpoint endpoint
            && !(PlainAddress.IsPlain(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget)
                && PlainAddress.IsSpelledAs(endpoint.RoutePattern, request.Path)))
            http.SetEndpoint(endpoint: null);
        await next(http);
    }
}
