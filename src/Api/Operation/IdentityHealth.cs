using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Workers.Identity;

namespace Platform.Api.Operation;

/// <summary>This node knows who is barred and what time it is; else others serve better.</summary>
public sealed class IdentityHealth(Barriers barriers, PlatformClock clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var facts = new Dictionary<string, object>(StringComparer.Ordinal);
        if (barriers.Staleness is { } staleness)
            facts["stalenessMs"] = (long)staleness.TotalMilliseconds;
        if (clock.Skew is { } skew)
            facts["skewMs"] = (long)skew.TotalMilliseconds;
        return Task.FromResult((barriers.AreFreshForOuter, clock.MayVerify, barriers.AreFreshForDanger, clock.MayIssue) switch
        {
            (false, _, _, _) => HealthCheckResult.Unhealthy("What was revoked lately is not known.", data: facts),
            (_, false, _, _) => HealthCheckResult.Unhealthy("The clock is off; no token is believed.", data: facts),
            (_, _, false, _) => HealthCheckResult.Degraded("What was revoked in the last second is not known.", data: facts),
            (_, _, _, false) => HealthCheckResult.Degraded("The clock is off; no token is issued.", data: facts),
            _ => HealthCheckResult.Healthy("Who is barred is known.", facts),
        });
    }
}
