namespace Platform.Domain.Identity;

/// <summary>The facts of one user. Ids only: what the person is called and can be reached by is a document that can be erased.</summary>
public abstract record UserEvent
{
    private protected UserEvent() { }
}

/// <summary>Someone asked to become a user; the e-mail address is not verified yet.</summary>
public sealed record UserRegistered(UserId UserId) : UserEvent;

/// <summary>The person answered from the e-mail address, and chose the first password.</summary>
public sealed record AddressVerified(UserId UserId) : UserEvent;

/// <summary>Staff set what the person may touch of the platform.</summary>
public sealed record PlatformLevelSet(UserId UserId, PlatformLevel Level) : UserEvent;

/// <summary>The person's plan is another from now on.</summary>
public sealed record PlanSet(UserId UserId, Plan Plan) : UserEvent;

/// <summary>The person's identity was checked so far.</summary>
public sealed record KycLevelSet(UserId UserId, KycLevel Level) : UserEvent;

/// <summary>The person chose another password.</summary>
public sealed record PasswordReplaced(UserId UserId) : UserEvent;

/// <summary>From now on a sign-in by password takes a one-time code too.</summary>
public sealed record TotpEnrolled(UserId UserId) : UserEvent;

/// <summary>A sign-in by password takes no one-time code any more.</summary>
public sealed record TotpRemoved(UserId UserId) : UserEvent;

/// <summary>A passkey signs the person in from now on.</summary>
public sealed record PasskeyAdded(UserId UserId, PasskeyId PasskeyId) : UserEvent;

/// <summary>A passkey is good for nothing any more.</summary>
public sealed record PasskeyRemoved(UserId UserId, PasskeyId PasskeyId) : UserEvent;

/// <summary>The person left; all that named the person was erased.</summary>
public sealed record UserDeleted(UserId UserId) : UserEvent;
