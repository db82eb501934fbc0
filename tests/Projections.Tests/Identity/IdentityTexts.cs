using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Projections.Tests.Identity;

/// <summary>Users and memberships as they are stored.</summary>
internal static class IdentityTexts
{
    private static readonly UserId User = UserId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000011"));
    private static readonly UserId Proposer = UserId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000012"));
    private static readonly PoolId Pool = PoolId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000001"));
    private static readonly PasskeyId Passkey = PasskeyId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000013"));
    private static readonly MembershipId Member = MembershipId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000014"));

    private static readonly ApiKeyId Key = ApiKeyId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000015"));
    private static readonly SessionId Session = SessionId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000005"));
    private static readonly BarrierId Barrier = BarrierId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000007"));
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Each event with its stored name and its stored text.</summary>
    internal static readonly TheoryData<object, string, string> Stored = new()
    {
        { new UserRegistered(User), "user_registered", """{"userId":"0199f2b0-0000-7000-8000-000000000011"}""" },
        { new AddressVerified(User), "address_verified", """{"userId":"0199f2b0-0000-7000-8000-000000000011"}""" },
        {
            new PlatformLevelSet(User, PlatformLevel.Moderator),
            "platform_level_set",
            """{"userId":"0199f2b0-0000-7000-8000-000000000011","level":"Moderator"}"""
        },
        { new PlanSet(User, Plan.Business), "plan_set", """{"userId":"0199f2b0-0000-7000-8000-000000000011","plan":"Business"}""" },
        {
            new KycLevelSet(User, KycLevel.Full),
            "kyc_level_set",
            """{"userId":"0199f2b0-0000-7000-8000-000000000011","level":"Full"}"""
        },
        { new PasswordReplaced(User), "password_replaced", """{"userId":"0199f2b0-0000-7000-8000-000000000011"}""" },
        { new TotpEnrolled(User), "totp_enrolled", """{"userId":"0199f2b0-0000-7000-8000-000000000011"}""" },
        { new TotpRemoved(User), "totp_removed", """{"userId":"0199f2b0-0000-7000-8000-000000000011"}""" },
        {
            new PasskeyAdded(User, Passkey),
            "passkey_added",
            """{"userId":"0199f2b0-0000-7000-8000-000000000011","passkeyId":"0199f2b0-0000-7000-8000-000000000013"}"""
        },
        {
            new PasskeyRemoved(User, Passkey),
            "passkey_removed",
            """{"userId":"0199f2b0-0000-7000-8000-000000000011","passkeyId":"0199f2b0-0000-7000-8000-000000000013"}"""
        },
        { new UserDeleted(User), "user_deleted", """{"userId":"0199f2b0-0000-7000-8000-000000000011"}""" },
        {
            new MemberProposed(Member, Pool, User, PoolLevel.Manager, Proposer),
            "member_proposed",
            """
            {"membershipId":"0199f2b0-0000-7000-8000-000000000014","poolId":"0199f2b0-0000-7000-8000-000000000001","userId":"0199f2b0-0000-7000-8000-000000000011","level":"Manager","by":"0199f2b0-0000-7000-8000-000000000012"}
            """
        },
        {
            new MemberProposalDropped(Member),
            "member_proposal_dropped",
            """{"membershipId":"0199f2b0-0000-7000-8000-000000000014"}"""
        },
        {
            new MemberAdded(Member, Pool, User, PoolLevel.Trader),
            "member_added",
            """
            {"membershipId":"0199f2b0-0000-7000-8000-000000000014","poolId":"0199f2b0-0000-7000-8000-000000000001","userId":"0199f2b0-0000-7000-8000-000000000011","level":"Trader"}
            """
        },
        {
            new MemberRaised(Member, PoolLevel.Owner),
            "member_raised",
            """{"membershipId":"0199f2b0-0000-7000-8000-000000000014","level":"Owner"}"""
        },
        {
            new MemberLowered(Member, PoolLevel.Analyst),
            "member_lowered",
            """{"membershipId":"0199f2b0-0000-7000-8000-000000000014","level":"Analyst"}"""
        },
        {
            new ApiKeyCreated(Key, ApiKeyName.From("abcdefgh2345"), User, Pool, FeatureGroups.Markets | FeatureGroups.Trading, Noon),
            "api_key_created",
            """
            {"apiKeyId":"0199f2b0-0000-7000-8000-000000000015","name":"abcdefgh2345","by":"0199f2b0-0000-7000-8000-000000000011","poolId":"0199f2b0-0000-7000-8000-000000000001","groups":"Markets, Trading","expiresAt":"2026-01-02T12:00:00+00:00"}
            """
        },
        {
            new ApiKeyRevoked(Key, RevocationCause.FoundInPath),
            "api_key_revoked",
            """{"apiKeyId":"0199f2b0-0000-7000-8000-000000000015","cause":"FoundInPath"}"""
        },
        {
            new SessionOpened(Session, User, ProofMethods.Password | ProofMethods.OneTimeCode),
            "session_opened",
            """{"sessionId":"0199f2b0-0000-7000-8000-000000000005","userId":"0199f2b0-0000-7000-8000-000000000011","methods":"Password, OneTimeCode"}"""
        },
        {
            new SessionEnded(Session, User, SessionEnding.TokenReused),
            "session_ended",
            """{"sessionId":"0199f2b0-0000-7000-8000-000000000005","userId":"0199f2b0-0000-7000-8000-000000000011","ending":"TokenReused"}"""
        },
        {
            new BarrierRaised(Barrier, BarrierScope.Session, "0199f2b0-0000-7000-8000-000000000005", Noon, BarrierCause.TokenReused),
            "barrier_raised",
            """{"barrierId":"0199f2b0-0000-7000-8000-000000000007","scope":"Session","subject":"0199f2b0-0000-7000-8000-000000000005","until":"2026-01-02T12:00:00+00:00","cause":"TokenReused"}"""
        },
        { new MemberRemoved(Member), "member_removed", """{"membershipId":"0199f2b0-0000-7000-8000-000000000014"}""" },
    };
}
