using System.Globalization;
using System.Security.Claims;
using Platform.Api.Identity.ApiKeys;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;

namespace Platform.Api.Identity;

/// <summary>What a request's credential says of whoever asks.</summary>
public static class Callers
{
    private const string Pool = "pool";
    private const string Groups = "scp";

    extension(ClaimsPrincipal caller)
    {
        /// <summary>Null when nobody is signed in, or a pool's own key asks.</summary>
        public UserId? UserId =>
            Guid.TryParse(caller.FindFirst(ClaimTypes.NameIdentifier)?.Value, out var id) ? Domain.Identity.UserId.From(id) : null;

        /// <summary>The pool whose own key asks; null when a person does, or a person's key.</summary>
        public PoolId? OwnPool =>
            Guid.TryParse(caller.FindFirst(Pool)?.Value, out var id) ? PoolId.From(id) : null;

        /// <summary>What the credential is good for: everything, but for API keys.</summary>
        public FeatureGroups Scopes => caller.FindFirst(Groups)?.Value is { } groups
            ? (FeatureGroups)int.Parse(groups, CultureInfo.InvariantCulture)
            : FeatureGroups.Everything;

        /// <summary>Who events name as the one who asked: the user, or <c>key:</c> and the API key's name.</summary>
        public string? Actor => caller.FindFirst(Caller.KeyClaim) is { Value: var name } ? $"key:{name}" : caller.UserId?.ToString();
    }

    /// <summary>Whom an API key speaks for.</summary>
    internal static ClaimsIdentity IdentityOf(ApiKeyCredential key) => new(
        [
            key.PoolId is { } pool ? new(Pool, pool.ToString()) : new(ClaimTypes.NameIdentifier, key.UserId.ToString()),
            new(Caller.KeyClaim, key.Name.Value),
            new(Groups, ((int)key.Groups).ToString(CultureInfo.InvariantCulture)),
        ],
        ApiKeyAuthentication.SchemeName);
}
