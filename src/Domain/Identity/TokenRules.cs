namespace Platform.Domain.Identity;

/// <summary>What must be true of the claims themselves, whoever signed them. Cheap, and after the signature.</summary>
public static class TokenRules
{
    /// <summary>Null: nothing is wrong.</summary>
    /// <param name="expected">The tier that is asked for, known from the key that signed.</param>
    /// <param name="issuer">The cluster whose tokens are taken.</param>
    /// <param name="audience">Who asks.</param>
    public static TokenFault? WhyNot(
        TokenClaims claims, TokenTier expected, string issuer, string audience, DateTimeOffset now)
    {
        if (claims.Version != TokenClaims.VersionNow || claims.Tier != expected || !IsComplete(claims))
            return TokenFault.BadClaims;
        if (!string.Equals(claims.Issuer, issuer, StringComparison.Ordinal)
            || !claims.Audience.Contains(audience, StringComparer.Ordinal))
            return TokenFault.WrongAudience;

        return WhyNotNow(claims, now.ToUnixTimeMilliseconds()) ?? WhyNotSoLong(claims);
    }

    // Both edges: at exactly exp plus leeway it has ended, at exactly nbf minus leeway it has begun. Issued behind a
    // barrier, it may be as far ahead as barriers reach.
    private static TokenFault? WhyNotNow(TokenClaims claims, long now)
    {
        var leeway = (long)claims.Tier.Leeway.TotalMilliseconds;
        if (claims.IssuedAt > now + leeway + (long)TokenLife.SkewMax.TotalMilliseconds)
            return TokenFault.FromTheFuture;
        if (now < claims.NotBefore - leeway)
            return TokenFault.TooEarly;

        return now >= claims.ExpiresAt + leeway ? TokenFault.Expired : null;
    }

    private static TokenFault? WhyNotSoLong(TokenClaims claims)
    {
        if (claims.ExpiresAt <= claims.IssuedAt || claims.ExpiresAt > claims.LineageEndsAt || claims.NotBefore > claims.ExpiresAt)
            return TokenFault.BadClaims;

        return claims.ExpiresAt - claims.IssuedAt > (long)claims.Tier.Longest.TotalMilliseconds
            || claims.LineageEndsAt - claims.IssuedAt > (long)TokenLife.LineageMax.TotalMilliseconds
                ? TokenFault.TooLong
                : null;
    }

    private static bool IsComplete(TokenClaims claims)
    {
        var isDanger = claims.Tier is TokenTier.Danger;
        return Enum.IsDefined(claims.PlatformLevel) && Enum.IsDefined(claims.PoolLevel) && Enum.IsDefined(claims.Plan)
            && (claims.Groups & ~FeatureGroups.Everything) == FeatureGroups.None
            && claims.Methods is > ProofMethods.None and <= (ProofMethods.Password | ProofMethods.OneTimeCode | ProofMethods.Passkey)
            && claims.Generation >= 0
            && (claims.Tier is TokenTier.Inner) == claims.Lineage is not null
            && (claims.Tier is not TokenTier.Inner || claims.Holder is not null)
            && isDanger == claims.Operation is not null
            && isDanger == claims.Resource is not null
            && isDanger == claims.PayloadDigest is not null
            && isDanger == claims.Nonce is not null
            && (!isDanger || claims.IssuedAt - claims.StrongAt <= StrongMax);
    }

    private static readonly long StrongMax = (long)(TokenLife.StrongFor + TokenLife.SkewMax).TotalMilliseconds;
}
