using System.Security.Claims;

namespace Platform.Api;

/// <summary>Whom a request speaks for, by the one name that cursors, idempotency keys and rate limits know them by.</summary>
public static class Caller
{
    /// <summary>The claim that holds the id of the API key by which a request is signed in.</summary>
    public const string KeyClaim = "api_key";

    public const string Anonymous = "anonymous";

    public static string Of(HttpContext context) => Of(context.User);

    public static string Of(ClaimsPrincipal caller) => (caller.FindFirst(KeyClaim), caller.FindFirst(ClaimTypes.NameIdentifier)) switch
    {
        ({ Value: var key }, _) => $"key:{key}",
        (_, { Value: var user }) => $"user:{user}",
        _ => Anonymous,
    };
}
