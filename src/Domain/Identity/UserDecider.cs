using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>The rules of a user.</summary>
public static class UserDecider
{
    /// <summary>Nobody needs more on one account, and each is asked for at every sign-in.</summary>
    public const int PasskeysMax = 10;

    public static Decision<UserEvent> Decide(RegisterUser command, User? user) =>
        user is null ? new UserRegistered(command.UserId) : Decision<UserEvent>.Nothing;

    public static Decision<UserEvent> Decide(VerifyAddress command, User? user) => user switch
    {
        null or { IsDeleted: true } => Refusal.NotFound,
        { IsVerified: false } => new AddressVerified(command.UserId),
        _ => Decision<UserEvent>.Nothing,
    };

    public static Decision<UserEvent> Decide(ChoosePassword command, User? user) => user switch
    {
        null or { IsDeleted: true } => Refusal.NotFound,
        { IsVerified: false } => new AddressVerified(command.UserId),
        _ => new PasswordReplaced(command.UserId),
    };

    public static Decision<UserEvent> Decide(SetUserLevels command, User? user)
    {
        if (user is null or { IsDeleted: true })
            return Refusal.NotFound;
        if (command.By == user.Id)
            return new Refusal("own_level", "Nobody changes their own level or plan.");
        if (user.Level > command.ByLevel || command.Level > command.ByLevel)
            return new Refusal("level_above_own", "Nobody gives or takes a level above their own.", "level");

        UserEvent?[] events =
        [
            command.Level is { } level && level != user.Level ? new PlatformLevelSet(user.Id, level) : null,
            command.Plan is { } plan && plan != user.Plan ? new PlanSet(user.Id, plan) : null,
            command.Kyc is { } kyc && kyc != user.Kyc ? new KycLevelSet(user.Id, kyc) : null,
        ];
        return new Decision<UserEvent>.Accepted([.. events.OfType<UserEvent>()]);
    }

    public static Decision<UserEvent> Decide(ReplacePassword command, User? user) => user switch
    {
        null or { IsDeleted: true } => Refusal.NotFound,
        _ => new PasswordReplaced(command.UserId),
    };

    public static Decision<UserEvent> Decide(EnrollTotp command, User? user) => user switch
    {
        null or { IsDeleted: true } => Refusal.NotFound,
        { HasTotp: true } => new Refusal("totp_enrolled", "One-time codes are in use already; remove them first."),
        _ => new TotpEnrolled(command.UserId),
    };

    public static Decision<UserEvent> Decide(RemoveTotp command, User? user) => user switch
    {
        null or { IsDeleted: true } => Refusal.NotFound,
        { HasTotp: true } => new TotpRemoved(command.UserId),
        _ => Decision<UserEvent>.Nothing,
    };

    public static Decision<UserEvent> Decide(AddPasskey command, User? user) => user switch
    {
        null or { IsDeleted: true } => Refusal.NotFound,
        _ when user.Passkeys.Contains(command.PasskeyId) => Decision<UserEvent>.Nothing,
        { Passkeys.Count: >= PasskeysMax } => new Refusal("too_many_passkeys", $"An account has at most {PasskeysMax} passkeys."),
        _ => new PasskeyAdded(command.UserId, command.PasskeyId),
    };

    public static Decision<UserEvent> Decide(RemovePasskey command, User? user) => user switch
    {
        null or { IsDeleted: true } => Refusal.NotFound,
        _ when user.Passkeys.Contains(command.PasskeyId) => new PasskeyRemoved(command.UserId, command.PasskeyId),
        _ => Refusal.NotFound,
    };

    public static Decision<UserEvent> Decide(ResetFactors command, User? user)
    {
        if (user is null or { IsDeleted: true })
            return Refusal.NotFound;

        IEnumerable<UserEvent> passkeys = user.Passkeys.OrderBy(passkey => passkey.Value)
            .Select(passkey => new PasskeyRemoved(command.UserId, passkey));
        return new Decision<UserEvent>.Accepted([.. user.HasTotp ? passkeys.Prepend(new TotpRemoved(command.UserId)) : passkeys]);
    }

    public static Decision<UserEvent> Decide(DeleteUser command, User? user) => user switch
    {
        null => Refusal.NotFound,
        { IsDeleted: true } => Decision<UserEvent>.Nothing,
        _ => new UserDeleted(command.UserId),
    };
}
