using System.Text.Json;
using Microsoft.OpenApi;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>
/// The request of an operation that asks again: its body, and the token that a person gave for exactly this body, on this
/// resource. An endpoint that takes one cannot be called without; what it does spends the token
/// (<see cref="DangerUses"/>) in its own commit.
/// </summary>
/// <typeparam name="T">The body.</typeparam>
public sealed record Danger<T>(DangerToken Token, T Body)
{
    /// <summary>Called by the framework.</summary>
    /// <exception cref="TokenRefusedException">The token is not good, or not for this.</exception>
    /// <exception cref="BodyException">There is no token, or the body cannot be read.</exception>
    public static async ValueTask<Danger<T>> BindAsync(HttpContext http)
    {
        var asks = http.GetEndpoint()?.Metadata.GetMetadata<AsksAgain>()
            ?? throw new InvalidOperationException("An endpoint that takes a danger token says for which operation.");
        if (http.Request.Headers[AsksAgain.Header].ToString() is not { Length: > 0 } text)
            throw new BodyException(
                new("danger_token_required", $"Prove again who you are, and send {AsksAgain.Header}."), StatusCodes.Status403Forbidden);

        var body = await ReadAsync(http.Request);
        var binding = new DangerBinding(asks.Permission.Id, asks.ResourceOf(http), AsksAgain.PoolOf(http), DigestOf(body));
        var check = http.RequestServices.GetRequiredService<TokenVerifier>().Danger(text, http.SignedIn, binding, http.Origin);
        if (check.Token is not { } token)
            throw new TokenRefusedException(check.Fault ?? TokenFault.BadClaims);

        http.Request.Body = new MemoryStream(body);
        return new(token, await http.Request.ReadStrictAsync<T>(http.RequestAborted));
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var copy = new MemoryStream();
        await request.Body.CopyToAsync(copy, request.HttpContext.RequestAborted);
        return copy.ToArray();
    }

    private static string DigestOf(byte[] body)
    {
        try
        {
            return DangerPayload.DigestOf(body);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw new BodyException(new("malformed_json", "The body is not well-formed JSON, or a number in it is not exact."));
        }
    }
}

/// <summary>Which operation an endpoint asks again for, and which parts of its address say what it is done to.</summary>
public sealed record AsksAgain(Permission Permission, string? ResourceRoute)
{
    /// <summary>Where the token travels.</summary>
    public const string Header = "X-Danger-Token";

    /// <summary>The header, as the description of the API tells it.</summary>
    public static OpenApiParameter Parameter => new()
    {
        Name = Header, In = ParameterLocation.Header, Required = true,
        Description = "What a proof of who asks gave for exactly this request: see /v1/auth/danger.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    internal string ResourceOf(HttpContext http) =>
        ResourceRoute is null ? "" : http.GetRouteValue(ResourceRoute) as string ?? "";

    internal static PoolId? PoolOf(HttpContext http) =>
        Guid.TryParse(http.GetRouteValue("poolId") as string, out var pool) ? PoolId.From(pool) : null;
}

public static class DangerRoutes
{
    extension(RouteHandlerBuilder route)
    {
        /// <summary>Declares what the endpoint takes, and that a person must prove anew to be the one: the handler takes a <see cref="Danger{T}"/>.</summary>
        /// <param name="resource">The route value that names what it is done to; null when it has nothing yet.</param>
        public RouteHandlerBuilder AsksAgain<T>(Permission permission, string? resource = null) where T : notnull => route
            .Requires(permission)
            .WithMetadata(new AsksAgain(permission, resource))
            .Accepts<T>("application/json");
    }
}
