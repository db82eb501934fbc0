namespace Platform.Api.Identity.ApiKeys;

/// <summary>The same endpoints once more, for partners' programs: <c>/platform-api/{key}/v1/…</c>.</summary>
public static class PartnerApi
{
    /// <summary>The description of these endpoints, at <c>/openapi/partner.json</c>.</summary>
    public const string Document = "partner";

    private const string Root = "/platform-api";

    /// <summary>The key that a path names; null when it is no partner's path.</summary>
    public static string? KeyNameIn(PathString path) =>
        path.StartsWithSegments(Root, StringComparison.Ordinal, out var rest) && rest.Value?.Split('/') is ["", { Length: > 0 } name, ..]
            ? name
            : null;

    extension(IEndpointRouteBuilder app)
    {
        public RouteGroupBuilder MapPartnerApi() => app.MapGroup($"{Root}/{{keyName}}").WithGroupName(Document)
            .Refuses(StatusCodes.Status400BadRequest, "key_in_address").Refuses(StatusCodes.Status503ServiceUnavailable, "vault_sealed");
    }
}
