using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Identity;

public sealed class UserTests
{
    private static readonly UserId Id = UserId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000001"));
    private static readonly UserId Admin = UserId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000002"));
    private static readonly UserRegistered Registered = new(Id);
    private static readonly AddressVerified Verified = new(Id);
    private static readonly PasskeyId Passkey = PasskeyId.For(Id, "credential");

    [Fact]
    public void New_user_is_a_guest_on_the_free_plan() => Assert.Equal(
        (PlatformLevel.Guest, Plan.Free, KycLevel.None, false),
        Given(Registered) is var user ? (user.Level, user.Plan, user.Kyc, user.HasTotp) : default);

    [Fact]
    public void Registering_again_changes_nothing() => Then(UserDecider.Decide(new RegisterUser(Id), Given(Registered)));

    [Fact]
    public void Answer_from_the_address_makes_a_member()
    {
        Then(UserDecider.Decide(new VerifyAddress(Id), Given(Registered)), Verified);
        Assert.Equal(PlatformLevel.Member, Given(Registered, Verified).Level);
    }

    [Fact]
    public void Answering_twice_changes_nothing() => Then(UserDecider.Decide(new VerifyAddress(Id), Given(Registered, Verified)));

    [Fact]
    public void Blocked_guest_stays_blocked_whatever_letter_is_answered() =>
        Assert.Equal(PlatformLevel.None, Given(Registered, new PlatformLevelSet(Id, PlatformLevel.None), Verified).Level);

    [Fact]
    public void Level_that_staff_took_does_not_come_back_by_letter()
    {
        var lowered = Given(Registered, Verified, new PlatformLevelSet(Id, PlatformLevel.Guest));

        Then(UserDecider.Decide(new ChoosePassword(Id), lowered), new PasswordReplaced(Id));
        Then(UserDecider.Decide(new VerifyAddress(Id), lowered));
    }

    [Fact]
    public void Password_chosen_by_the_first_letter_is_the_answer_and_by_a_later_one_another_password()
    {
        Then(UserDecider.Decide(new ChoosePassword(Id), Given(Registered)), Verified);
        Then(UserDecider.Decide(new ChoosePassword(Id), Given(Registered, Verified)), new PasswordReplaced(Id));
        ThenRefused(UserDecider.Decide(new ChoosePassword(Id), user: null), "not_found");
    }

    [Fact]
    public void Verifying_nobody_finds_nothing() => ThenRefused(UserDecider.Decide(new VerifyAddress(Id), user: null), "not_found");

    [Fact]
    public void Staff_sets_level_plan_and_identity_check_at_once() => Then(
        UserDecider.Decide(
            new SetUserLevels(Id, PlatformLevel.Moderator, Plan.Pro, KycLevel.Basic, Admin, PlatformLevel.Administrator), Given(Registered, Verified)),
        new PlatformLevelSet(Id, PlatformLevel.Moderator), new PlanSet(Id, Plan.Pro), new KycLevelSet(Id, KycLevel.Basic));

    [Fact]
    public void Level_that_is_already_so_is_not_set_again() => Then(UserDecider.Decide(
        new SetUserLevels(Id, PlatformLevel.Member, Plan.Free, Kyc: null, Admin, PlatformLevel.Administrator), Given(Registered, Verified)));

    [Fact]
    public void Nobody_changes_their_own_level() => ThenRefused(
        UserDecider.Decide(new SetUserLevels(Id, PlatformLevel.Guest, Plan: null, Kyc: null, Id, PlatformLevel.Administrator), Given(Registered)), "own_level");

    [Theory]
    [InlineData(PlatformLevel.Member, PlatformLevel.Architect)]
    [InlineData(PlatformLevel.Architect, PlatformLevel.Member)]
    public void Nobody_gives_or_takes_a_level_above_their_own(PlatformLevel before, PlatformLevel after) => ThenRefused(
        UserDecider.Decide(
            new SetUserLevels(Id, after, Plan: null, Kyc: null, Admin, PlatformLevel.Administrator),
            Given(Registered, Verified, new PlatformLevelSet(Id, before))),
        "level_above_own");

    [Fact]
    public void Replaced_password_is_a_fact_each_time() =>
        Then(UserDecider.Decide(new ReplacePassword(Id), Given(Registered, new PasswordReplaced(Id))), new PasswordReplaced(Id));

    [Fact]
    public void One_time_codes_begin_once()
    {
        Then(UserDecider.Decide(new EnrollTotp(Id), Given(Registered)), new TotpEnrolled(Id));
        ThenRefused(UserDecider.Decide(new EnrollTotp(Id), Given(Registered, new TotpEnrolled(Id))), "totp_enrolled");
    }

    [Fact]
    public void One_time_codes_end_once()
    {
        Then(UserDecider.Decide(new RemoveTotp(Id), Given(Registered, new TotpEnrolled(Id))), new TotpRemoved(Id));
        Then(UserDecider.Decide(new RemoveTotp(Id), Given(Registered)));
        Assert.False(Given(Registered, new TotpEnrolled(Id), new TotpRemoved(Id)).HasTotp);
    }

    [Fact]
    public void Passkey_is_added_once_and_removed_once()
    {
        var added = new PasskeyAdded(Id, Passkey);
        Then(UserDecider.Decide(new AddPasskey(Id, Passkey), Given(Registered)), added);
        Then(UserDecider.Decide(new AddPasskey(Id, Passkey), Given(Registered, added)));
        Then(UserDecider.Decide(new RemovePasskey(Id, Passkey), Given(Registered, added)), new PasskeyRemoved(Id, Passkey));
        ThenRefused(UserDecider.Decide(new RemovePasskey(Id, Passkey), Given(Registered, added, new PasskeyRemoved(Id, Passkey))), "not_found");
    }

    [Fact]
    public void Account_has_a_limit_of_passkeys() => ThenRefused(
        UserDecider.Decide(
            new AddPasskey(Id, Passkey),
            Given([Registered, .. Enumerable.Range(1, UserDecider.PasskeysMax).Select(n => new PasskeyAdded(Id, PasskeyId.For(Id, $"{n}")))])),
        "too_many_passkeys");

    [Fact]
    public void Who_lost_the_second_factor_has_none_any_more()
    {
        var user = Given(Registered, Verified, new TotpEnrolled(Id), new PasskeyAdded(Id, Passkey));

        Then(UserDecider.Decide(new ResetFactors(Id), user), new TotpRemoved(Id), new PasskeyRemoved(Id, Passkey));
        Then(UserDecider.Decide(new ResetFactors(Id), Given(Registered, Verified)));
        ThenRefused(UserDecider.Decide(new ResetFactors(Id), user: null), "not_found");
    }

    [Fact]
    public void Deleted_user_is_nobody_and_stays_so()
    {
        var gone = Given(Registered, Verified, new TotpEnrolled(Id), new PasskeyAdded(Id, Passkey), new UserDeleted(Id));

        Assert.Equal((PlatformLevel.None, false, true), (gone.Level, gone.HasTotp, gone.IsDeleted));
        Assert.Empty(gone.Passkeys);
        Then(UserDecider.Decide(new DeleteUser(Id), gone));
        ThenRefused(UserDecider.Decide(new VerifyAddress(Id), gone), "not_found");
        ThenRefused(UserDecider.Decide(new ReplacePassword(Id), gone), "not_found");
    }

    private static User Given(params UserEvent[] past) =>
        past.Aggregate(default(User), User.Evolve) ?? throw new ArgumentException("No user yet.", nameof(past));

    private static void Then(Decision<UserEvent> decision, params UserEvent[] expected) =>
        Assert.Equal(expected, Assert.IsType<Decision<UserEvent>.Accepted>(decision).Events);

    private static void ThenRefused(Decision<UserEvent> decision, string code) =>
        Assert.Equal(code, Assert.IsType<Decision<UserEvent>.Refused>(decision).Refusal.Code);
}
