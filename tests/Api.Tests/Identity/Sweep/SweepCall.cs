using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.SignalR;
using Platform.Api.Lists;
using Platform.Domain.Identity;

namespace Platform.Api.Tests.Identity.Sweep;

/// <summary>One endpoint, and how to ask for it so that whoever is allowed to changes nothing.</summary>
/// <param name="Path">With <see cref="KeyName"/> in the place of the API key's name.</param>
/// <param name="IsHub">Which lets nobody in who brings a token that is not good, though it takes none.</param>
internal sealed record SweepCall(string Method, string Path, Permission Permission, bool IsPartners, bool IsHub)
{
    public const string KeyName = "{keyName}";

    // Refused behind the permissions and before everything else, so whoever is allowed to write gets just that far.
    private const string NoKey = "not one key";

    /// <summary>Every method of the endpoint.</summary>
    /// <param name="values">What stands in the address, by the names of the parameters.</param>
    /// <exception cref="KeyNotFoundException">A parameter has no value: the sweep would leave the endpoint out.</exception>
    public static IEnumerable<SweepCall> Of(RouteEndpoint endpoint, IReadOnlyDictionary<string, string> values)
    {
        var permission = endpoint.Metadata.GetRequiredMetadata<Permission>();
        // A list is not read: what is wrong with the question is found behind the permissions.
        var path = PathOf(endpoint.RoutePattern, values) + (endpoint.Metadata.GetMetadata<ListDeclaration>() is null ? "" : "?limit=1");
        return (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [HttpMethods.Get]).Select(method => new SweepCall(
            method, path, permission, path.Contains(KeyName, StringComparison.Ordinal), endpoint.Metadata.GetMetadata<HubMetadata>() is not null));
    }

    /// <summary>Once as everybody asks, and once more where a danger token makes a difference.</summary>
    public IEnumerable<TokenTier> Tiers => Permission.Tier is TokenTier.Danger ? [TokenTier.Outer, TokenTier.Danger] : [TokenTier.Outer];

    /// <summary>The request of that caller.</summary>
    /// <param name="tier">With <see cref="TokenTier.Danger"/> it brings one more token; what it is good for comes after the permission.</param>
    public HttpRequestMessage RequestOf(SweepCaller caller, TokenTier tier)
    {
        var request = new HttpRequestMessage(new(Method), Path.Replace(KeyName, caller.KeyName, StringComparison.Ordinal));
        if (caller.Bearer is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {caller.Bearer}");
        if (tier is TokenTier.Danger)
            request.Headers.Add("X-Danger-Token", "one more");
        if (!HttpMethods.IsGet(Method))
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", NoKey);
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }
        return request;
    }

    /// <summary>How the endpoint must answer the caller.</summary>
    public string Expected(SweepCaller caller, TokenTier tier) =>
        IsHub && caller is { Unknown: { } code, Bearer: not null } ? $"401 {code}" : caller.Expected(Permission, tier);

    private static string PathOf(RoutePattern pattern, IReadOnlyDictionary<string, string> values) => "/" + string.Join(
        '/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { IsOptional: true } => "",
            RoutePatternParameterPart parameter => values[parameter.Name],
            _ => throw new NotSupportedException(part.ToString()),
        }))));
}
