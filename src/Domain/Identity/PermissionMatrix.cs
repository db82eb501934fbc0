namespace Platform.Domain.Identity;

/// <summary>
/// Who may do what: the one rule, platform level by pool level. What is not allowed is denied, and what is not known is
/// denied too.
/// </summary>
public static class PermissionMatrix
{
    public static AccessDecision Decide(Operation? operation, in AccessRequest request)
    {
        if (operation is null)
            return new(Denial.UnknownOperation, IsHidden: true);

        return WhyNot(operation, request) is { } denial
            ? new(denial, IsHidden: operation.IsPooled && request is { Pool: PoolLevel.Outsider, Tier: not TokenTier.None })
            : AccessDecision.Allowed;
    }

    private static Denial? WhyNot(Operation operation, in AccessRequest request)
    {
        if (operation.Grants.Count == 0)
            return Denial.Never;
        if (request.Tier < operation.Tier)
            return Denial.TierTooLow;
        // Who needs no token needs no scope either.
        if (operation.Tier is not TokenTier.None && !request.Scopes.HasFlag(operation.Group))
            return Denial.ScopeMissing;
        if (request.Plan < operation.Plan)
            return Denial.PlanTooLow;
        if (request.BreaksGlass && request.Platform >= operation.BreakGlass)
            return null;

        return WhyNotGranted(operation, request) ?? WhyNotThisOne(operation, request);
    }

    // Nearest miss first: who has the platform level for some way lacks the pool level.
    private static Denial? WhyNotGranted(Operation operation, in AccessRequest request)
    {
        var denial = Denial.PlatformTooLow;
        for (var i = 0; i < operation.Grants.Count; i++)
        {
            var grant = operation.Grants[i];
            if (request.Platform < grant.Platform)
                continue;
            if (grant.Pool is null || request.Pool >= grant.Pool)
                return null;

            denial = Denial.PoolTooLow;
        }

        return denial;
    }

    private static Denial? WhyNotThisOne(Operation operation, in AccessRequest request)
    {
        if (operation.Duty is Duty.Initiate && request.Pool is PoolLevel.Custodian)
            return Denial.DutyExcluded;
        if (operation.Duty is Duty.Approve && request.IsInitiator)
            return Denial.OwnInitiative;

        return operation.IsBelowOwnLevel && request.Target is { } target && target >= request.Pool && request.Pool is not PoolLevel.Owner
            ? Denial.TargetNotBelow
            : null;
    }
}
