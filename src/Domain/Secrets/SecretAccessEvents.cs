namespace Platform.Domain.Secrets;

/// <summary>Who wanted one secret on one day. When, by whom and in which request is in the metadata. Closed: every case is in this file.</summary>
public abstract record SecretAccessEvent
{
    private protected SecretAccessEvent() { }
}

/// <summary>Recorded before anybody got to see the value.</summary>
public sealed record SecretRead(
    SecretAccessId SecretAccessId, SecretId SecretId, SecretName Name, int Version, SecretPurpose Purpose) : SecretAccessEvent;

/// <summary>An alert: what was stored is not what was sealed there, and somebody has to look.</summary>
/// <param name="Version">The version that should have been there.</param>
public sealed record SecretRefused(
    SecretAccessId SecretAccessId, SecretId SecretId, SecretName Name, int Version, SecretPurpose Purpose, SecretFault Fault)
    : SecretAccessEvent;

/// <summary>The day's reads of one secret. No rule looks back at them.</summary>
public sealed record SecretAccess(SecretAccessId Id, SecretId SecretId, SecretName Name)
{
    public static SecretAccess? Evolve(SecretAccess? access, SecretAccessEvent happened) => (access, happened) switch
    {
        (null, SecretRead e) => new(e.SecretAccessId, e.SecretId, e.Name),
        (null, SecretRefused e) => new(e.SecretAccessId, e.SecretId, e.Name),
        _ => access,
    };
}
