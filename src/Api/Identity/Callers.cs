using System.Globalization;
using System.Security.Claims;
using Platform.Api.Identity.ApiKeys;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Projections.Identity;
using Platform.Workers.Identity;

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

        /// <summary>The session's token; null when nobody is signed in, or an API key asks.</summary>
        public OuterToken? Token => (caller.Identity as TokenIdentity)?.Token;

        /// <summary>The pool whose own key asks; null when a person does, or a person's key.</summary>
        public PoolId? OwnPool =>
            Guid.TryParse(caller.FindFirst(Pool)?.Value, out var id) ? PoolId.From(id) : null;

        /// <summary>What the credential is good for at most; null: for nothing.</summary>
        public TokenScope? Scope => caller.Token?.Scope ?? (caller.FindFirst(Groups)?.Value is { } groups
            ? new(PlatformLevel.Member, Pool: null, PoolLevel.Outsider, Plan.Enterprise, GroupsOf(groups), PermissionVersion: 0)
            : null);

        /// <summary>Who events name as the one who asked: the user, or <c>key:</c> and the API key's name.</summary>
        public string? Actor => caller.FindFirst(Caller.KeyClaim) is { Value: var name } ? $"key:{name}" : caller.UserId?.ToString();
    }

    extension(HttpRequest request)
    {
        /// <summary>What the header holds; null when it holds no token.</summary>
        public string? BearerToken
        {
            get
            {
                const string scheme = "Bearer ";
                var header = request.Headers.Authorization.ToString();
                return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..] : null;
            }
        }
    }

    extension(HttpContext http)
    {
        /// <summary>The token of whoever was let in.</summary>
        /// <exception cref="TokenRefusedException">Nobody was.</exception>
        public OuterToken SignedIn => http.User.Token ?? throw new TokenRefusedException(TokenFault.Malformed);

        public TokenOrigin Origin => new(http.Connection.RemoteIpAddress);
    }

    private static FeatureGroups GroupsOf(string claim) => (FeatureGroups)int.Parse(claim, CultureInfo.InvariantCulture);

    /// <summary>Whom an API key speaks for.</summary>
    internal static ClaimsIdentity IdentityOf(ApiKeyCredential key) => new(
        [
            key.PoolId is { } pool ? new(Pool, pool.ToString()) : new(ClaimTypes.NameIdentifier, key.UserId.ToString()),
            new(Caller.KeyClaim, key.Name.Value),
            new(Groups, ((int)key.Groups).ToString(CultureInfo.InvariantCulture)),
        ],
        ApiKeyAuthentication.SchemeName);
}
