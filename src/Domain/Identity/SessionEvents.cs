namespace Platform.Domain.Identity;

/// <summary>The facts of one session. From where and with what device is a document's business: that can be erased.</summary>
public abstract record SessionEvent
{
    private protected SessionEvent() { }
}

/// <summary>A person signed in.</summary>
public sealed record SessionOpened(SessionId SessionId, UserId UserId, ProofMethods Methods) : SessionEvent;

/// <summary>The session is over; the barrier in the same commit keeps its tokens out.</summary>
public sealed record SessionEnded(SessionId SessionId, UserId UserId, SessionEnding Ending) : SessionEvent;

/// <summary>What ended a session.</summary>
public enum SessionEnding
{
    /// <summary>The person left.</summary>
    SignedOut,

    /// <summary>The person ended it from another session.</summary>
    EndedElsewhere,

    /// <summary>A token that was renewed long ago came back: two hold what one was given.</summary>
    TokenReused,

    /// <summary>The person changed a credential.</summary>
    CredentialChanged,

    /// <summary>Staff ended it.</summary>
    EndedByStaff,
}
