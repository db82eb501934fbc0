using System.Collections.Immutable;

namespace Platform.Domain.Secrets;

/// <summary>A data key as the rules see it.</summary>
/// <param name="RetiredAt">When no secret was sealed by it any more; null while one is.</param>
public sealed record DataKey(int Version, DateTimeOffset AddedAt, DateTimeOffset? RetiredAt);

/// <summary>The versions of the data key that secrets are sealed by: the newest seals, all decrypt.</summary>
/// <param name="Keys">Oldest first; never empty.</param>
/// <param name="MinimumDecryptVersion">Envelopes of a lower version stay shut.</param>
public sealed record KeyRing(KeyRingId Id, KekId KekId, ImmutableArray<DataKey> Keys, int MinimumDecryptVersion)
{
    /// <summary>The one that seals.</summary>
    public DataKey Active => Keys[^1];

    public DataKey? Find(int version) => Keys.FirstOrDefault(key => key.Version == version);

    public static KeyRing? Evolve(KeyRing? ring, KeyRingEvent happened) => (ring, happened) switch
    {
        (null, KeyRingOpened e) => new(e.KeyRingId, e.KekId, [], MinimumDecryptVersion: 1),
        (not null, KeyRingRewrapped e) => ring with { KekId = e.KekId },
        (not null, DataKeyAdded e) => ring with { Keys = ring.Keys.Add(new(e.KeyVersion, e.AddedAt, RetiredAt: null)) },
        (not null, DataKeyRetired e) when ring.Find(e.KeyVersion) is { } key =>
            ring with { Keys = ring.Keys.Replace(key, key with { RetiredAt = e.RetiredAt }) },
        (not null, MinimumDecryptVersionRaised e) => ring with { MinimumDecryptVersion = e.KeyVersion },
        (not null, DataKeyDestroyed e) when ring.Find(e.KeyVersion) is { } key => ring with { Keys = ring.Keys.Remove(key) },
        _ => ring,
    };
}
