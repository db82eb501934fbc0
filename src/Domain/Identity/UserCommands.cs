namespace Platform.Domain.Identity;

/// <summary>Become a user.</summary>
public sealed record RegisterUser(UserId UserId);

/// <summary>The person answered from the e-mail address.</summary>
public sealed record VerifyAddress(UserId UserId);

/// <summary>The person answered from the e-mail address, and chose the password that is stored in the same transaction.</summary>
public sealed record ChoosePassword(UserId UserId);

/// <summary>Staff sets a person's levels. A null leaves that one as it is.</summary>
/// <param name="By">Who sets them: nobody gives more than they have, or changes their own.</param>
/// <param name="ByLevel">The level of that one; the platform's own set-up acts as an architect.</param>
public sealed record SetUserLevels(
    UserId UserId, PlatformLevel? Level, Plan? Plan, KycLevel? Kyc, UserId? By, PlatformLevel ByLevel);

/// <summary>Another password, which is stored elsewhere in the same transaction.</summary>
public sealed record ReplacePassword(UserId UserId);

/// <summary>Take a one-time code at every sign-in by password.</summary>
public sealed record EnrollTotp(UserId UserId);

/// <summary>Take no one-time code any more.</summary>
public sealed record RemoveTotp(UserId UserId);

/// <summary>Let a passkey sign in.</summary>
public sealed record AddPasskey(UserId UserId, PasskeyId PasskeyId);

/// <summary>Let a passkey sign in no more.</summary>
public sealed record RemovePasskey(UserId UserId, PasskeyId PasskeyId);

/// <summary>Take one-time codes and passkeys away from who lost them.</summary>
public sealed record ResetFactors(UserId UserId);

/// <summary>Leave for good.</summary>
public sealed record DeleteUser(UserId UserId);
