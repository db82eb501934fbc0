using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Identity;

public sealed class ApiKeyTests
{
    private static readonly ApiKeyName Name = ApiKeyName.From("abcdefgh2345");
    private static readonly ApiKeyId Id = ApiKeyId.For(Name);
    private static readonly UserId User = UserId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000001"));
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly CreateApiKey Create =
        new(Name, User, PoolId: null, FeatureGroups.Markets | FeatureGroups.Trading, Noon, Noon.AddDays(30));

    private static readonly ApiKeyCreated Created = new(Id, Name, User, PoolId: null, Create.Groups, Create.ExpiresAt);

    [Fact]
    public void Key_is_made() => Then(ApiKeyDecider.Decide(Create, key: null), Created);

    [Fact]
    public void Key_of_a_taken_name_is_refused() => ThenRefused(ApiKeyDecider.Decide(Create, Given(Created)), "key_name_taken");

    [Theory]
    [InlineData(FeatureGroups.None)]
    [InlineData(FeatureGroups.Account)]
    [InlineData(FeatureGroups.Trading | FeatureGroups.Platform)]
    public void Key_for_nothing_or_for_more_than_keys_hold_is_refused(FeatureGroups groups) =>
        ThenRefused(ApiKeyDecider.Decide(Create with { Groups = groups }, key: null), "key_groups");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(367)]
    public void Key_lives_from_now_on_and_for_a_year_at_most(int days) =>
        ThenRefused(ApiKeyDecider.Decide(Create with { ExpiresAt = Noon.AddDays(days) }, key: null), "key_expiry");

    [Fact]
    public void Key_is_revoked_once()
    {
        var revoke = new RevokeApiKey(Id, RevocationCause.Asked);
        var revoked = new ApiKeyRevoked(Id, RevocationCause.Asked);

        Then(ApiKeyDecider.Decide(revoke, Given(Created)), revoked);
        Then(ApiKeyDecider.Decide(revoke, Given(Created, revoked)));
        ThenRefused(ApiKeyDecider.Decide(revoke, key: null), "not_found");
    }

    [Theory]
    [InlineData("")]
    [InlineData("abcdefgh234")]
    [InlineData("abcdefgh23456")]
    [InlineData("ABCDEFGH2345")]
    [InlineData("abcdefgh2341")]
    public void Name_that_is_none_is_refused(string text) => Assert.Throws<ArgumentException>(() => ApiKeyName.From(text));

    [Fact]
    public void Name_is_made_of_sixty_bits()
    {
        Assert.Equal("aaaaaaaaaaaa", ApiKeyNames.Of(0).Value);
        Assert.Equal("777777777777", ApiKeyNames.Of(ulong.MaxValue).Value);
        Assert.Equal("baaaaaaaaaaa", ApiKeyNames.Of(1).Value);
    }

    private static ApiKey Given(params ApiKeyEvent[] past) =>
        past.Aggregate(default(ApiKey), ApiKey.Evolve) ?? throw new ArgumentException("No key yet.", nameof(past));

    private static void Then(Decision<ApiKeyEvent> decision, params ApiKeyEvent[] expected) =>
        Assert.Equal(expected, Assert.IsType<Decision<ApiKeyEvent>.Accepted>(decision).Events);

    private static void ThenRefused(Decision<ApiKeyEvent> decision, string code) =>
        Assert.Equal(code, Assert.IsType<Decision<ApiKeyEvent>.Refused>(decision).Refusal.Code);
}
