using Platform.Domain.Secrets;

namespace Platform.Workers.Secrets;

/// <summary>What a secret is read for. Auditors find it beside the read.</summary>
/// <param name="RayId">Of the request in whose course it is read; null when the platform reads it for itself.</param>
/// <param name="UserName">In whose name; null likewise.</param>
public sealed record SecretUse(SecretPurpose Purpose, string? RayId = null, string? UserName = null);
