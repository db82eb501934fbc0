using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Workers.Identity.ApiKeys;

namespace Platform.Api.Identity.ApiKeys;

/// <summary>No API key outlived its owner, when it was last looked at.</summary>
public sealed class ApiKeyHealth(ApiKeyInvariant invariant) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(invariant.Found > 0
            ? HealthCheckResult.Unhealthy($"{invariant.Found} API keys outlived their owners.")
            : HealthCheckResult.Healthy("Every API key has its owner."));
}
