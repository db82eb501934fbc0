using System.Text;
using Platform.Domain.Values;

namespace Platform.Domain.Secrets;

/// <summary>Where a secret is: every envelope opens at its own address and at no other.</summary>
/// <param name="Pool">Whose secret it is; null for the platform's own.</param>
public sealed record SecretAddress(PoolId? Pool, SecretId Id, SecretName Name)
{
    // No pool has it: theirs are UUIDs.
    private const string PlatformTenant = "platform";

    /// <summary>The tenant as it goes into the derivation of keys.</summary>
    public string Tenant => Pool?.Tenant ?? PlatformTenant;

    /// <summary>What the cipher binds an envelope to: UTF-8 of "id:name".</summary>
    public byte[] AssociatedData => Encoding.UTF8.GetBytes($"{Id}:{Name}");

    public override string ToString() => $"{Tenant}/{Id}:{Name}";
}
