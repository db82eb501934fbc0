using CsCheck;
using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Identity;

/// <summary>What must be true of a token's claims, whoever signed them.</summary>
public sealed class TokenRulesTests
{
    private const long Now = 1_800_000_000_000;
    private const long Minute = 60_000;

    [Theory]
    [InlineData(TokenTier.Outer, 30_000)]
    [InlineData(TokenTier.Inner, 10_000)]
    [InlineData(TokenTier.Danger, 2_000)]
    public void Attack_61_edges_of_the_leeway_are_defined_to_the_millisecond(TokenTier tier, long leeway)
    {
        var claims = Claims(tier);

        Assert.Null(At(claims, claims.ExpiresAt + leeway - 1));
        Assert.Equal(TokenFault.Expired, At(claims, claims.ExpiresAt + leeway));
        Assert.Equal(TokenFault.Expired, At(claims, claims.ExpiresAt + leeway + 1));
        var later = claims with { NotBefore = Now + leeway };
        Assert.Equal(TokenFault.TooEarly, At(later, Now - 1));
        Assert.Null(At(later, Now));
        Assert.Null(At(later, Now + 1));
    }

    [Fact]
    public void Attack_60_times_that_make_no_sense_are_refused()
    {
        var claims = Claims(TokenTier.Outer);

        Assert.Equal(TokenFault.BadClaims, At(claims with { ExpiresAt = Now - 1 }));
        Assert.Equal(TokenFault.BadClaims, At(claims with { ExpiresAt = claims.LineageEndsAt + 1 }));
        Assert.Equal(TokenFault.TooLong, At(claims with { ExpiresAt = Now + (1441 * Minute), LineageEndsAt = Now + (1441 * Minute) }));
        Assert.Equal(TokenFault.TooLong, At(claims with { LineageEndsAt = Now + (1441 * Minute) }));
        Assert.Equal(TokenFault.FromTheFuture, At(claims with { IssuedAt = Now + 32_001 }));
        Assert.Null(At(claims with { IssuedAt = Now + 32_000 }));
        // Seconds for milliseconds: alone, and throughout.
        Assert.NotNull(At(claims with { IssuedAt = claims.IssuedAt / 1000 }));
        Assert.NotNull(At(claims with
        {
            IssuedAt = claims.IssuedAt / 1000, NotBefore = claims.NotBefore / 1000, ExpiresAt = claims.ExpiresAt / 1000,
            LineageEndsAt = claims.LineageEndsAt / 1000,
        }));
    }

    [Theory]
    [InlineData(TokenTier.Inner, 20)]
    [InlineData(TokenTier.Danger, 10)]
    public void No_token_outlives_its_tier(TokenTier tier, int minutes)
    {
        var claims = Claims(tier);

        Assert.Null(At(claims with { ExpiresAt = Now + (minutes * Minute), LineageEndsAt = Now + (minutes * Minute) }));
        Assert.Equal(TokenFault.TooLong, At(claims with
        {
            ExpiresAt = Now + (minutes * Minute) + 1, LineageEndsAt = Now + (minutes * Minute) + 1,
        }));
    }

    [Fact]
    public void Claims_of_one_tier_are_none_of_another()
    {
        TokenTier[] tiers = [TokenTier.Outer, TokenTier.Inner, TokenTier.Danger];
        foreach (var made in tiers)
        {
            foreach (var asked in tiers.Where(asked => asked != made))
            {
                Assert.Equal(TokenFault.BadClaims, TokenRules.WhyNot(Claims(made), asked, "us", "here", Instant(Now)));
                Assert.Equal(
                    TokenFault.BadClaims, TokenRules.WhyNot(Claims(made) with { Tier = asked }, asked, "us", "here", Instant(Now)));
            }
        }
    }

    [Fact]
    public void Only_our_tokens_for_this_audience_are_taken()
    {
        var claims = Claims(TokenTier.Outer);

        Assert.Equal(TokenFault.WrongAudience, At(claims with { Issuer = "them" }));
        Assert.Equal(TokenFault.WrongAudience, At(claims with { Audience = ["Here"] }));
        Assert.Equal(TokenFault.WrongAudience, At(claims with { Audience = [] }));
        Assert.Equal(TokenFault.BadClaims, At(claims with { Version = 2 }));
        Assert.Equal(TokenFault.BadClaims, At(claims with { PlatformLevel = (PlatformLevel)8 }));
        Assert.Equal(TokenFault.BadClaims, At(claims with { Groups = (FeatureGroups)4096 }));
    }

    [Fact]
    public void Danger_token_of_an_old_proof_is_none() => Assert.Equal(
        TokenFault.BadClaims, At(Claims(TokenTier.Danger) with { StrongAt = Now - (5 * Minute) - 2_001 }));

    [Fact]
    public void Scope_within_another_gives_nothing_that_the_other_does_not() => Gen.Select(Scopes, Scopes).Sample((child, parent) =>
    {
        var gives = Rights(child).ToHashSet();
        var all = gives.IsSubsetOf(Rights(parent));
        // The other way round does not hold: what a narrower one happens to give may still name another version.
        Assert.True(!child.IsWithin(parent) || (all && child.PermissionVersion == parent.PermissionVersion));
    }, iter: 20_000);

    [Fact]
    public void Scope_is_within_itself_and_within_is_transitive() => Gen.Select(Scopes, Scopes, Scopes).Sample((a, b, c) =>
        Assert.True(a.IsWithin(a) && (!a.IsWithin(b) || !b.IsWithin(c) || a.IsWithin(c))), iter: 20_000);

    [Theory]
    [InlineData(3, 3, 0, Renewal.Advance)]
    [InlineData(2, 3, 60, Renewal.Repeat)]
    [InlineData(2, 3, 61, Renewal.Superseded)]
    [InlineData(1, 3, 0, Renewal.Reused)]
    [InlineData(0, 9, 0, Renewal.Reused)]
    [InlineData(4, 3, 0, Renewal.Superseded)]
    public void Renewal_goes_on_from_the_latest_and_gives_away_whoever_is_far_behind(
        int presented, int latest, int secondsSince, Renewal expected) => Assert.Equal(
        expected, RenewalRules.Decide(presented, latest, Instant(Now), Instant(Now).AddSeconds(secondsSince)));

    // Few values, so that scopes are often within each other.
    private static Gen<TokenScope> Scopes => Gen.Select(
        Gen.Int[0, 2], Gen.Int[-1, 1], Gen.Int[0, 2], Gen.Int[0, 1], Gen.Int[0, 7], Gen.Int[0, 1],
        (level, pool, poolLevel, plan, groups, version) => new TokenScope(
            (PlatformLevel)level, pool < 0 ? null : Pool(pool), (PoolLevel)poolLevel, (Plan)plan, (FeatureGroups)groups, version));

    // Every single thing a scope lets a person do who may do everything.
    private static IEnumerable<string> Rights(TokenScope scope) =>
        from level in Enumerable.Range(0, (int)scope.Platform + 1)
        from plan in Enumerable.Range(0, (int)scope.Plan + 1)
        from feature in Enumerable.Range(0, 3).Where(bit => scope.Groups.HasFlag((FeatureGroups)(1 << bit)))
        from pool in Enumerable.Range(0, 2)
        from poolLevel in Enumerable.Range(0, 8)
        where scope.Pool is null || (scope.Pool == Pool(pool) && poolLevel <= (int)scope.PoolLevel)
        select $"{level} {plan} {feature} {pool} {poolLevel}";

    private static PoolId Pool(int number) => PoolId.From(new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]));

    private static TokenFault? At(TokenClaims claims, long now = Now) =>
        TokenRules.WhyNot(claims, claims.Tier, "us", "here", Instant(now));

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static TokenClaims Claims(TokenTier tier)
    {
        var isDanger = tier is TokenTier.Danger;
        return new()
        {
            Version = 1, Tier = tier, Issuer = "us", Audience = ["here"], UserId = UserId.From(Guid.Empty),
            SessionId = SessionId.From(Guid.Empty), TokenId = Guid.Empty, IssuedAt = Now, NotBefore = Now, ExpiresAt = Now + (5 * Minute),
            LineageEndsAt = Now + (6 * Minute), Generation = 0, PlatformLevel = PlatformLevel.Member, Plan = Plan.Free,
            Groups = FeatureGroups.Everything, PermissionVersion = 1, Methods = ProofMethods.Password, StrongAt = Now,
            Lineage = tier is TokenTier.Inner ? Guid.Empty : null, Holder = tier is TokenTier.Inner ? "node" : null,
            Operation = isDanger ? "op" : null, Resource = isDanger ? "" : null, PayloadDigest = isDanger ? "d" : null,
            Nonce = isDanger ? "n" : null,
        };
    }
}
