using Platform.Domain.Values;

namespace Platform.Domain.Secrets;

/// <summary>Begin a ring with its first data key.</summary>
public sealed record OpenKeyRing(KeyRingId KeyRingId, KekId KekId, DateTimeOffset At);

/// <summary>Seal by a new data key from now on.</summary>
public sealed record AddDataKey(DateTimeOffset At);

/// <summary>Wrap all data keys by another key-encryption key.</summary>
public sealed record RewrapKeyRing(KekId KekId);

/// <summary>Note that a data key is out of use.</summary>
/// <param name="SealedCount">How many secrets are sealed by it.</param>
public sealed record RetireDataKey(int KeyVersion, long SealedCount, DateTimeOffset At);

/// <summary>Let go of a data key for good.</summary>
/// <param name="SealedCount">How many secrets are sealed by it, counted anew.</param>
public sealed record DestroyDataKey(int KeyVersion, long SealedCount, DateTimeOffset At);

/// <summary>The rules of a ring of data keys.</summary>
public static class KeyRingDecider
{
    /// <summary>A data key seals no longer than this.</summary>
    public static readonly TimeSpan ActiveMax = TimeSpan.FromDays(90);

    /// <summary>A data key seals no more often than this, well within what random IVs allow (NIST SP 800-38D).</summary>
    public const long SealsMax = 1L << 30;

    /// <summary>Between the two counts that must both find no secret sealed by a data key, before it is destroyed.</summary>
    public static readonly TimeSpan BetweenCounts = TimeSpan.FromHours(24);

    public static Decision<KeyRingEvent> Decide(OpenKeyRing command, KeyRing? ring) => ring switch
    {
        null => new Decision<KeyRingEvent>.Accepted([
            new KeyRingOpened(command.KeyRingId, command.KekId), new DataKeyAdded(command.KeyRingId, KeyVersion: 1, command.At)]),
        _ => Decision<KeyRingEvent>.Nothing,
    };

    public static Decision<KeyRingEvent> Decide(AddDataKey command, KeyRing ring) => ring.Active.Version switch
    {
        Envelope.KeyVersionMax => new Refusal("key_versions_exhausted", "An envelope has no room for a higher version of the data key."),
        var version => new DataKeyAdded(ring.Id, version + 1, command.At),
    };

    public static Decision<KeyRingEvent> Decide(RewrapKeyRing command, KeyRing ring) =>
        command.KekId == ring.KekId ? Decision<KeyRingEvent>.Nothing : new KeyRingRewrapped(ring.Id, command.KekId);

    public static Decision<KeyRingEvent> Decide(RetireDataKey command, KeyRing ring) => ring.Find(command.KeyVersion) switch
    {
        null => Refusal.NotFound,
        var key when key == ring.Active => new Refusal("key_active", "Secrets are sealed by this data key."),
        _ when command.SealedCount > 0 => InUse(command.SealedCount),
        { RetiredAt: not null } => Decision<KeyRingEvent>.Nothing,
        var key => new DataKeyRetired(ring.Id, key.Version, command.At),
    };

    /// <summary>Out of use at two counts, a day apart, and the oldest of the ring: so no envelope is left behind unreadable.</summary>
    public static Decision<KeyRingEvent> Decide(DestroyDataKey command, KeyRing ring) => ring.Find(command.KeyVersion) switch
    {
        null => Refusal.NotFound,
        { RetiredAt: null } => new Refusal("key_not_retired", "The data key was never found out of use."),
        _ when command.SealedCount > 0 => InUse(command.SealedCount),
        { RetiredAt: { } retired } when command.At - retired < BetweenCounts =>
            new Refusal("key_retired_recently", "The data key was found out of use less than a day ago."),
        var key when key != ring.Keys[0] => new Refusal("key_not_oldest", "An older data key is still there."),
        var key => new Decision<KeyRingEvent>.Accepted([
            new MinimumDecryptVersionRaised(ring.Id, key.Version + 1), new DataKeyDestroyed(ring.Id, key.Version)]),
    };

    /// <summary>Whether the active data key has sealed long or often enough.</summary>
    /// <param name="sealsMax">At most so many seals were made by it.</param>
    public static bool IsRotationDue(KeyRing ring, long sealsMax, DateTimeOffset now) =>
        now - ring.Active.AddedAt >= ActiveMax || sealsMax >= SealsMax;

    private static Refusal InUse(long count) => new("key_in_use", $"{count} secrets are sealed by this data key.");
}
