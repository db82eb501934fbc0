using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Platform.Domain.Identity;
using Platform.Projections.Identity;

namespace Platform.Workers.Identity;

/// <summary>A token as its holder gets it.</summary>
/// <param name="RenewAt">From when on it is worth renewing.</param>
public sealed record IssuedToken(string Text, DateTimeOffset ExpiresAt, DateTimeOffset RenewAt);

/// <summary>This node can neither issue nor judge tokens at the moment; others may.</summary>
public sealed class TokensUnavailableException(TokenFault fault) : Exception($"Tokens are unavailable: {fault}.")
{
    public TokenFault Fault { get; } = fault;
}

/// <summary>Writes and signs tokens. Whether somebody may have one was decided before.</summary>
/// <exception cref="TokensUnavailableException">From each method: this node's clock is off, or every key is barred.</exception>
public sealed class TokenIssuer(
    KeyRings rings, Barriers barriers, BarrierSubjects subjects, PlatformClock clock, IOptions<TokenOptions> options)
{
    private const int NonceBytes = 32;

    private string Issuer => options.Value.Issuer;

    /// <param name="behind">The first instant (Unix ms) behind every barrier that concerns the person.</param>
    internal IssuedToken Outer(UserSession session, TokenScope scope, long behind)
    {
        var now = Now();
        var lineageEnd = session.EndsAt.ToUnixTimeMilliseconds();
        var life = Shorter(options.Value.OuterLife, TokenLife.LineageMax);
        return Sign(TokenTier.Outer, TokenAssertions.Outer(Issuer), new()
        {
            Version = TokenClaims.VersionNow, Tier = TokenTier.Outer, Issuer = Issuer, Audience = [TokenVerifier.OuterAudience],
            UserId = session.UserId, SessionId = session.Id, TokenId = Guid.CreateVersion7(),
            IssuedAt = Math.Max(now, behind), NotBefore = now, ExpiresAt = Math.Min(now + life, lineageEnd), LineageEndsAt = lineageEnd,
            Generation = session.Generation,
            PlatformLevel = scope.Platform, PoolId = scope.Pool, PoolLevel = scope.PoolLevel, Plan = scope.Plan, Groups = scope.Groups,
            PermissionVersion = scope.PermissionVersion,
            Network = options.Value.BindToNetwork ? session.Network : null,
            Methods = session.Methods, StrongAt = session.StrongAt.ToUnixTimeMilliseconds(),
        });
    }

    /// <summary>The first of a lineage: for the node with that certificate, and with no more rights than its parent.</summary>
    /// <param name="life">Five minutes for a request, twenty for a run; at most <see cref="TokenLife"/> allows.</param>
    /// <exception cref="ArgumentException">The scope is wider than the parent's.</exception>
    public IssuedToken Inner(VerifiedToken parent, TokenScope scope, string thumbprint, TimeSpan life)
    {
        if (!scope.IsWithin(parent.Scope))
            throw new ArgumentException("A token never gives more than the one it descends from.", nameof(scope));

        return Inner(parent.Claims with
        {
            Tier = TokenTier.Inner, Audience = [Issuer], TokenId = Guid.CreateVersion7(), Generation = 0,
            Parent = parent.Claims.TokenId, Lineage = Guid.CreateVersion7(), Holder = thumbprint, Network = null,
            PlatformLevel = scope.Platform, PoolId = scope.Pool, PoolLevel = scope.PoolLevel, Plan = scope.Plan, Groups = scope.Groups,
        }, Shorter(life, TokenTier.Inner.Longest));
    }

    /// <summary>The next of its lineage: the same rights and the same life, as far as the lineage goes.</summary>
    internal IssuedToken Next(InnerToken token)
    {
        var life = token.Claims.ExpiresAt - token.Claims.NotBefore;
        return Inner(token.Claims with { TokenId = Guid.CreateVersion7(), Generation = token.Claims.Generation + 1 }, life);
    }

    /// <param name="life">Two minutes usually; at most <see cref="TokenLife"/> allows.</param>
    /// <param name="methods">How the person proved to be the one, now.</param>
    /// <param name="behind">The first instant behind the barriers of the pool that it is about (Unix ms); 0: it is about none.</param>
    internal IssuedToken Danger(OuterToken beside, DangerBinding binding, ProofMethods methods, TimeSpan life, long behind)
    {
        var now = Now();
        var end = Math.Min(now + Shorter(life, TokenTier.Danger.Longest), beside.Claims.LineageEndsAt);
        return Sign(TokenTier.Danger, TokenAssertions.Danger(Issuer, beside.SessionId, binding), beside.Claims with
        {
            Tier = TokenTier.Danger, Audience = [binding.Operation], TokenId = Guid.CreateVersion7(), Generation = 0,
            IssuedAt = Math.Max(Math.Max(now, behind), beside.Claims.IssuedAt), NotBefore = now, ExpiresAt = end, LineageEndsAt = end,
            PoolId = binding.Pool ?? beside.Claims.PoolId,
            Parent = beside.Claims.TokenId, Network = null, Methods = methods, StrongAt = now,
            Operation = binding.Operation, Resource = binding.Resource, PayloadDigest = binding.PayloadDigest,
            Nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes)),
        });
    }

    private static long Shorter(TimeSpan life, TimeSpan max) => (long)(life < max ? life : max).TotalMilliseconds;

    private IssuedToken Inner(TokenClaims claims, long life)
    {
        var now = Now();
        return Sign(TokenTier.Inner, TokenAssertions.Inner(Issuer, claims.Holder!), claims with
        {
            // A parent that was issued behind a barrier stands before the same barrier's child.
            IssuedAt = Math.Max(now, claims.IssuedAt), NotBefore = now, ExpiresAt = Math.Min(now + life, claims.LineageEndsAt),
        });
    }

    private long Now() => clock.MayIssue ? clock.Now.ToUnixTimeMilliseconds() : throw new TokensUnavailableException(TokenFault.ClockOff);

    private IssuedToken Sign(TokenTier tier, byte[] assertion, TokenClaims claims)
    {
        var key = rings.Of(tier).Signer(known => barriers.Stands(subjects.SigningKey(known.Id).Id))
            ?? throw new TokensUnavailableException(TokenFault.NoKey);
        return new(
            Paseto.Sign(key.Key, TokenText.Write(claims), key.Footer, assertion),
            DateTimeOffset.FromUnixTimeMilliseconds(claims.ExpiresAt),
            DateTimeOffset.FromUnixTimeMilliseconds(claims.NotBefore + ((claims.ExpiresAt - claims.NotBefore) / 2)));
    }
}
