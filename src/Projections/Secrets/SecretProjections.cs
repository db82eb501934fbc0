using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform.Domain.Secrets;

namespace Platform.Projections.Secrets;

/// <summary>Folds the domain's <see cref="SealedSecret"/> from its events alone: a row could be put back to what it was.</summary>
public sealed class SealedSecretProjection : SingleStreamProjection<SealedSecret, SealedSecretId>
{
    public override SealedSecret? Evolve(SealedSecret? snapshot, SealedSecretId id, IEvent e) =>
        e.Data is SealedSecretEvent happened ? SealedSecret.Evolve(snapshot, happened) : snapshot;
}

/// <summary>Folds the domain's <see cref="SecretAccess"/>.</summary>
public sealed class SecretAccessProjection : SingleStreamProjection<SecretAccess, SecretAccessId>
{
    public override SecretAccess? Evolve(SecretAccess? snapshot, SecretAccessId id, IEvent e) =>
        e.Data is SecretAccessEvent happened ? SecretAccess.Evolve(snapshot, happened) : snapshot;
}

/// <summary>Folds the domain's <see cref="KeyRing"/> from its events alone.</summary>
public sealed class KeyRingProjection : SingleStreamProjection<KeyRing, KeyRingId>
{
    public override KeyRing? Evolve(KeyRing? snapshot, KeyRingId id, IEvent e) =>
        e.Data is KeyRingEvent happened ? KeyRing.Evolve(snapshot, happened) : snapshot;
}
