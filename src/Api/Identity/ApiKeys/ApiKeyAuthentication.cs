using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Platform.Workers.Identity.ApiKeys;

namespace Platform.Api.Identity.ApiKeys;

/// <summary>
/// Who a partner's request speaks for: the key named in the path, proven by the whole key in <c>X-Api-Secret</c>. On the
/// partner's paths nothing else counts, and elsewhere a key counts for nothing.
/// </summary>
public sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeyChecks checks)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string SecretHeader = "X-Api-Secret";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[SecretHeader] is not [{ Length: > 0 } text])
            return AuthenticateResult.NoResult();

        var known = await checks.FindAsync(text, Context.Connection.RemoteIpAddress, Context.RequestAborted);
        return known is not null && string.Equals(known.Name.Value, PartnerApi.KeyNameIn(Request.Path), StringComparison.Ordinal)
            ? AuthenticateResult.Success(new(new ClaimsPrincipal(Callers.IdentityOf(known)), SchemeName))
            : AuthenticateResult.Fail("The key is not good.");
    }

    // RFC 9110 11.6.1: a 401 says how to prove oneself.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        return base.HandleChallengeAsync(properties);
    }
}
