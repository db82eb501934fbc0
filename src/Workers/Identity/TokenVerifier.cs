using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Domain.Identity;

namespace Platform.Workers.Identity;

/// <summary>
/// Believes a token or does not, cheapest question first. Whoever brought it hears the same word whatever was wrong; what
/// was, goes to the security log.
/// </summary>
public sealed class TokenVerifier(
    KeyRings rings, Barriers barriers, BarrierSubjects subjects, PlatformClock clock, IOptions<TokenOptions> options,
    SecurityLog log)
{
    /// <summary>Who takes outer tokens.</summary>
    public const string OuterAudience = "outer-api";

    private readonly VerificationCache cache = new();

    private string Issuer => options.Value.Issuer;

    public TokenCheck<OuterToken> Outer(string token, TokenOrigin origin)
    {
        var seen = new Presented(TokenTier.Outer, OuterAudience, TokenAssertions.Outer(Issuer), origin);
        return Check(token, seen, isCached: true, (claims, about) => new OuterToken(claims, about));
    }

    /// <param name="thumbprint">SHA-256 of the certificate that the caller showed, base64url; null: it showed none.</param>
    public TokenCheck<InnerToken> Inner(string token, string? thumbprint)
    {
        if (thumbprint is null)
            return Refused<InnerToken>(TokenTier.Inner, TokenFault.OtherHolder, claims: null);

        var seen = new Presented(TokenTier.Inner, Issuer, TokenAssertions.Inner(Issuer, thumbprint), default);
        var check = Check(token, seen, isCached: true, (claims, about) => new InnerToken(claims, about));
        // What is remembered was verified for its holder, whoever brings it now.
        return check.Token is { } inner && !string.Equals(inner.Claims.Holder, thumbprint, StringComparison.Ordinal)
            ? Refused<InnerToken>(TokenTier.Inner, TokenFault.OtherHolder, inner.Claims)
            : check;
    }

    /// <param name="beside">The token of the person, who is in the same session.</param>
    /// <param name="asked">What the request itself asks for.</param>
    public TokenCheck<DangerToken> Danger(string token, OuterToken beside, DangerBinding asked, TokenOrigin origin)
    {
        if (!barriers.AreFreshForDanger)
            return Refused<DangerToken>(TokenTier.Danger, TokenFault.BarriersStale, claims: null);

        var assertion = TokenAssertions.Danger(Issuer, beside.SessionId, asked);
        var seen = new Presented(TokenTier.Danger, asked.Operation, assertion, origin);
        var check = Check(token, seen, isCached: false, (claims, about) => new DangerToken(claims, about, asked));
        return check.Token is { } danger && danger.UserId != beside.UserId
            ? Refused<DangerToken>(TokenTier.Danger, TokenFault.BadClaims, danger.Claims)
            : check;
    }

    /// <summary>Whether a token that was good still is: time passes, and barriers rise.</summary>
    public bool IsStillGood(OuterToken token, TokenOrigin origin) =>
        WhyNotNow(token, new(TokenTier.Outer, OuterAudience, [], origin)) is null;

    private TokenCheck<T> Check<T>(
        string token, in Presented seen, bool isCached, Func<TokenClaims, TokenSubjects, T> make) where T : VerifiedToken
    {
        if (token.Length > Paseto.LengthMax)
            return Refused<T>(seen.Tier, TokenFault.Malformed, claims: null);

        var key = isCached ? VerificationCache.KeyOf(token) : default;
        if ((isCached ? cache.Find<T>(key) : null) is not { } verified)
        {
            if (WhyNotSigned(token, seen, out var claims, out var keyId) is { } fault)
                return Refused<T>(seen.Tier, fault, claims);

            verified = make(claims!, SubjectsOf(claims!, keyId));
            if (isCached && WhyNotNow(verified, seen) is null)
                cache.Add(key, verified);
        }

        return WhyNotNow(verified, seen) is { } reason ? Refused<T>(seen.Tier, reason, verified.Claims) : new(verified, Fault: null);
    }

    // What never changes about a token. The claims are there when nothing is wrong.
    private TokenFault? WhyNotSigned(string token, in Presented seen, out TokenClaims? claims, out string keyId)
    {
        (claims, keyId) = (null, "");
        if (!Paseto.TryRead(token, out var read))
            return TokenFault.Malformed;
        if (rings.Of(seen.Tier).Find(read.FooterText) is not { } known)
            return TokenFault.UnknownKey;
        if (!Paseto.IsSignedBy(known.Key.Key.PublicKey, read, seen.Assertion))
            return TokenFault.BadSignature;
        if (TokenText.Read(read.Message) is not { } told)
            return TokenFault.BadClaims;

        (claims, keyId) = (told, known.Key.Id);
        return known.WasInUse(DateTimeOffset.FromUnixTimeMilliseconds(told.IssuedAt)) ? null : TokenFault.KeyNotInUse;
    }

    private TokenFault? WhyNotNow(VerifiedToken token, in Presented seen)
    {
        if (!clock.MayVerify)
            return TokenFault.ClockOff;
        if (TokenRules.WhyNot(token.Claims, seen.Tier, Issuer, seen.Audience, clock.Now) is { } fault)
            return fault;
        if (!barriers.AreFreshForOuter && token.Claims.IssuedAt <= barriers.KnownUntil)
            return TokenFault.BarriersStale;
        if (barriers.Stands(token.Subjects.Key) || barriers.IsBarred(token.Claims.IssuedAt, token.Subjects.Named))
            return TokenFault.Barred;

        return seen.Origin.Address is { } address ? WhyNotFrom(address, token.Claims) : null;
    }

    private TokenFault? WhyNotFrom(System.Net.IPAddress address, TokenClaims claims)
    {
        var (exactly, around) = subjects.From(address);
        if (claims.Network is { } bound && bound != around.Id.Value)
            return TokenFault.OtherNetwork;

        return barriers.IsBarred(claims.IssuedAt, exactly.Id, around.Id) ? TokenFault.Barred : null;
    }

    private TokenSubjects SubjectsOf(TokenClaims claims, string keyId) => new(
        [
            subjects.Everybody.Id, subjects.User(claims.UserId).Id, subjects.Session(claims.SessionId).Id,
            .. claims.PoolId is { } pool ? [subjects.Pool(pool).Id] : (BarrierId[])[],
            .. claims.Holder is { } holder ? [subjects.Node(holder).Id] : (BarrierId[])[],
        ],
        subjects.SigningKey(keyId).Id);

    private TokenCheck<T> Refused<T>(TokenTier tier, TokenFault fault, TokenClaims? claims) where T : VerifiedToken
    {
        log.TokenRefused(tier, fault, claims);
        return new(Token: null, fault);
    }

    /// <param name="Audience">Who is asked to believe the token.</param>
    private readonly record struct Presented(TokenTier Tier, string Audience, byte[] Assertion, TokenOrigin Origin);
}

/// <summary>Claims as JSON: compact to write, and strict to read; what is not known, or is there twice, is refused.</summary>
internal static class TokenText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static byte[] Write(TokenClaims claims) => JsonSerializer.SerializeToUtf8Bytes(claims, Options);

    /// <summary>Null: not the claims of a token.</summary>
    public static TokenClaims? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<TokenClaims>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
