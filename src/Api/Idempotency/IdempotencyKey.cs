using Microsoft.OpenApi;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Api.Idempotency;

/// <summary>How an endpoint takes the header <c>Idempotency-Key</c>; one that changes something and says nothing takes it when it comes.</summary>
/// <param name="IsRequired">Whether a request without a key is refused.</param>
/// <param name="Kept">For how long the same key gets the first answer.</param>
/// <param name="IsRepeatable">Whether carrying it out again changes nothing and gives the first answer by itself.</param>
public sealed record IdempotencyKey(bool IsRequired, TimeSpan Kept, bool IsRepeatable)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Of a write that says nothing else.</summary>
    public static IdempotencyKey Optional { get; } = new(IsRequired: false, TimeSpan.FromHours(24), IsRepeatable: false);

    /// <summary>Of whatever moves funds: a dispute comes late.</summary>
    public static IdempotencyKey OfMoney { get; } = new(IsRequired: true, TimeSpan.FromDays(30), IsRepeatable: true);

    /// <summary>Of what moves funds only by ending something, which is harmless to repeat.</summary>
    public static IdempotencyKey OfMoneyOptional { get; } = OfMoney with { IsRequired = false };

    /// <summary>The header, as the description of the API tells it.</summary>
    public OpenApiParameter Parameter => new()
    {
        Name = Header, In = ParameterLocation.Header, Required = IsRequired,
        Description = "Your own name for this intent, 1 to 255 visible ASCII characters: the same again gets the first answer, "
            + $"for {(Kept.TotalDays > 1 ? $"{Kept.TotalDays} days" : $"{Kept.TotalHours} hours")}.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = EnsureKey.LengthMax },
    };

    /// <summary>What the request says; null when it says nothing.</summary>
    /// <exception cref="BodyException">It is no key, or missing where there must be one.</exception>
    public EnsureKey? Of(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var said) || said is [null or ""])
            return !IsRequired ? null : throw new BodyException(new(
                "idempotency_key_missing", $"Name the intent in the header {Header}, so that it can be repeated safely.", Header));
        try
        {
            return EnsureKey.From(said is [{ } key] ? key : "");
        }
        catch (ArgumentException)
        {
            throw new BodyException(new(
                "invalid_idempotency_key", $"An {Header} is 1 to {EnsureKey.LengthMax} visible ASCII characters.", Header));
        }
    }
}

public static class IdempotencyRoutes
{
    extension<TBuilder>(TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        public TBuilder TakesKey(IdempotencyKey key) => route.WithMetadata(key);
    }

    /// <summary>How an endpoint takes a key; null when it changes nothing, or everybody may ask.</summary>
    /// <param name="facts">The endpoint's metadata.</param>
    public static IdempotencyKey? TakenBy(IReadOnlyList<object> facts) =>
        facts.OfType<IHttpMethodMetadata>().SelectMany(each => each.HttpMethods).Any(Changes)
            && facts.OfType<Permission>().All(permission => permission.Tier is not TokenTier.None)
                ? facts.OfType<IdempotencyKey>().LastOrDefault() ?? IdempotencyKey.Optional
                : null;

    private static bool Changes(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);

    extension(HttpContext http)
    {
        /// <summary>The request's key as the caller's own: another's of the same letters is another.</summary>
        /// <exception cref="BodyException">There is none.</exception>
        public EnsureKey EnsureKey => EnsureKey.Of(Caller.Of(http), IdempotencyKey.OfMoney.Of(http.Request)!.Value.Value);
    }
}
