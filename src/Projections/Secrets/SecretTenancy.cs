using JasperFx;
using Platform.Domain.Secrets;
using Platform.Domain.Values;

namespace Platform.Projections.Secrets;

/// <summary>Under which tenant of the store a secret is kept.</summary>
public static class SecretTenancy
{
    extension(SecretAddress address)
    {
        /// <summary>The pool's own; the platform's secrets are under the store's default tenant.</summary>
        public string StoreTenant => address.Pool?.Tenant ?? StorageConstants.DefaultTenantId;
    }
}
