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
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenVerifier verifier)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private TokenFault? fault;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.BearerToken is not { } token)
            return Task.FromResult(AuthenticateResult.NoResult());

        var check = verifier.Outer(token, new(Context.Connection.RemoteIpAddress));
        fault = check.Fault;
        return Task.FromResult(check.Token is { } outer
            ? AuthenticateResult.Success(new(new(new TokenIdentity(outer)), SchemeName))
            : AuthenticateResult.Fail(TokenProblems.Invalid.Detail));
    }

    // RFC 6750 3: a 401 says how to sign in, and whether a token was the trouble.
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = fault is null ? SchemeName : $"{SchemeName} error=\"invalid_token\"";
        return fault is { } known ? TokenProblems.From(known).ExecuteAsync(Context) : base.HandleChallengeAsync(properties);
    }
}

/// <summary>A caller who is who a verified token says.</summary>
public sealed class TokenIdentity(OuterToken token) : ClaimsIdentity(
    [
        new(ClaimTypes.NameIdentifier, token.UserId.ToString()),
        new("exp", token.ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
    ],
    TokenAuthentication.SchemeName)
{
    public OuterToken Token { get; } = token;
}
