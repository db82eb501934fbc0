using System.Collections.Immutable;

namespace Platform.Domain.Identity;

/// <summary>As much of a user as permissions and credentials depend on.</summary>
/// <param name="IsVerified">Whether the person ever answered from the e-mail address.</param>
/// <param name="HasTotp">Whether a sign-in by password takes a one-time code too.</param>
public sealed record User(
    UserId Id, PlatformLevel Level, Plan Plan, KycLevel Kyc, bool IsVerified, bool HasTotp, ImmutableHashSet<PasskeyId> Passkeys,
    bool IsDeleted)
{
    public static User? Evolve(User? user, UserEvent happened) => (user, happened) switch
    {
        (null, UserRegistered e) => new(
            e.UserId, PlatformLevel.Guest, Plan.Free, KycLevel.None, IsVerified: false, HasTotp: false, Passkeys: [], IsDeleted: false),
        (not null, AddressVerified) => user with
        {
            IsVerified = true, Level = user.Level is PlatformLevel.Guest ? PlatformLevel.Member : user.Level,
        },
        (not null, PlatformLevelSet e) => user with { Level = e.Level },
        (not null, PlanSet e) => user with { Plan = e.Plan },
        (not null, KycLevelSet e) => user with { Kyc = e.Level },
        (not null, TotpEnrolled) => user with { HasTotp = true },
        (not null, TotpRemoved) => user with { HasTotp = false },
        (not null, PasskeyAdded e) => user with { Passkeys = user.Passkeys.Add(e.PasskeyId) },
        (not null, PasskeyRemoved e) => user with { Passkeys = user.Passkeys.Remove(e.PasskeyId) },
        (not null, UserDeleted) => user with
        {
            Level = PlatformLevel.None, HasTotp = false, Passkeys = [], IsDeleted = true,
        },
        _ => user,
    };
}
