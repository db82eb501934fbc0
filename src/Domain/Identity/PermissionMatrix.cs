namespace Platform.Domain.Identity;

/// <summary>
/// Who may do what: the one rule, platform level by pool level. What is not allowed is denied, and what is not known is
/// denied too.
/// </summary>
public static class PermissionMatrix
{
    public static AccessDecision Decide(Permission? permission, in AccessRequest request)
    {
        if (permission is null)
            return new(Denial.UnknownPermission, IsHidden: true);

        return WhyNot(permission, request) is { } denial
            ? new(denial, IsHidden: permission.IsPooled && request is { Pool: PoolLevel.Outsider, Tier: not TokenTier.None })
            : AccessDecision.Allowed;
    }

    private static Denial? WhyNot(Permission permission, in AccessRequest request)
    {
        if (permission.Grants.Count == 0)
            return Denial.Never;
        if (request.Tier < permission.Tier)
            return Denial.TierTooLow;
        // Who needs no token needs no scope either.
        if (permission.Tier is not TokenTier.None && !request.Scopes.HasFlag(permission.Group))
            return Denial.ScopeMissing;
        if (request.Plan < permission.Plan)
            return Denial.PlanTooLow;
        if (request.BreaksGlass && request.Platform >= permission.BreakGlass)
            return null;

        return WhyNotGranted(permission, request) ?? WhyNotThisOne(permission, request);
    }

    // Nearest miss first: who has the platform level for some way lacks the pool level.
    private static Denial? WhyNotGranted(Permission permission, in AccessRequest request)
    {
        var denial = Denial.PlatformTooLow;
        for (var i = 0; i < permission.Grants.Count; i++)
        {
            var grant = permission.Grants[i];
            if (request.Platform < grant.Platform)
                continue;
            if (grant.Pool is null || request.Pool >= grant.Pool)
                return null;

            denial = Denial.PoolTooLow;
        }

        return denial;
    }

    private static Denial? WhyNotThisOne(Permission permission, in AccessRequest request)
    {
        if (permission.Duty is Duty.Initiate && request.Pool is PoolLevel.Custodian)
            return Denial.DutyExcluded;
        if (permission.Duty is Duty.Approve && request.IsInitiator)
            return Denial.OwnInitiative;

        return permission.IsBelowOwnLevel && request.Target is { } target && target >= request.Pool && request.Pool is not PoolLevel.Owner
            ? Denial.TargetNotBelow
            : null;
    }
}
