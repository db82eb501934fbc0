namespace Platform.Domain.Secrets;

/// <summary>The facts of a ring of data keys; never a key. Closed: every case is in this file.</summary>
public abstract record KeyRingEvent
{
    private protected KeyRingEvent() { }
}

/// <summary>The ring began, its keys wrapped by that key-encryption key.</summary>
public sealed record KeyRingOpened(KeyRingId KeyRingId, KekId KekId) : KeyRingEvent;

/// <summary>All keys were wrapped anew, by another key-encryption key; the secrets stayed as they were.</summary>
public sealed record KeyRingRewrapped(KeyRingId KeyRingId, KekId KekId) : KeyRingEvent;

/// <summary>A data key joined the ring: everything is sealed by it from now on, and the older ones only decrypt.</summary>
public sealed record DataKeyAdded(KeyRingId KeyRingId, int KeyVersion, DateTimeOffset AddedAt) : KeyRingEvent;

/// <summary>No secret was sealed by the data key any more. It still decrypts, should one turn up.</summary>
public sealed record DataKeyRetired(KeyRingId KeyRingId, int KeyVersion, DateTimeOffset RetiredAt) : KeyRingEvent;

/// <summary>Data keys below that version decrypt no more, whatever may still be sealed by them.</summary>
public sealed record MinimumDecryptVersionRaised(KeyRingId KeyRingId, int KeyVersion) : KeyRingEvent;

/// <summary>The data key is gone for good.</summary>
public sealed record DataKeyDestroyed(KeyRingId KeyRingId, int KeyVersion) : KeyRingEvent;
