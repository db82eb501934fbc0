using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>The facts of one API key. Its secret, what people call it and where it may be used from are a document.</summary>
public abstract record ApiKeyEvent
{
    private protected ApiKeyEvent() { }
}

/// <summary>A key was made and its secret shown, once.</summary>
/// <param name="By">Who made it; the owner when there is no pool.</param>
/// <param name="PoolId">The pool that owns the key; null when the user does.</param>
public sealed record ApiKeyCreated(
    ApiKeyId ApiKeyId, ApiKeyName Name, UserId By, PoolId? PoolId, FeatureGroups Groups, DateTimeOffset ExpiresAt) : ApiKeyEvent;

/// <summary>The key is good for nothing any more, and its secret's trace was erased.</summary>
public sealed record ApiKeyRevoked(ApiKeyId ApiKeyId, RevocationCause Cause) : ApiKeyEvent;

/// <summary>Why a key ended before its time.</summary>
public enum RevocationCause
{
    /// <summary>Whoever may, wanted it.</summary>
    Asked,

    /// <summary>The user or pool that owned it is no more.</summary>
    OwnerGone,

    /// <summary>It stood in the path of a request, and so in logs.</summary>
    FoundInPath,
}
