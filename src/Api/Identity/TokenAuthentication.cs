using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Platform.Domain.Identity;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>Who a request speaks for: the token in <c>Authorization: Bearer</c>, and nothing else.</summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Tokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    /// <summary>The caller of a token; null when the token is not good.</summary>
    public static ClaimsPrincipal? CallerOf(Tokens tokens, string token) => tokens.TryRead(token, out var claims)
        ? new(new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, claims.UserId.ToString()),
                new("exp", claims.ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ],
            SchemeName))
        : null;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());

        return Task.FromResult(CallerOf(tokens, header["Bearer ".Length..]) is { } caller
            ? AuthenticateResult.Success(new(caller, SchemeName))
            : AuthenticateResult.Fail("The token is not good."));
    }

    // RFC 9110 11.6.1: a 401 says how to sign in.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        return base.HandleChallengeAsync(properties);
    }
}
