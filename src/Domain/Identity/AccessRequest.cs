namespace Platform.Domain.Identity;

/// <summary>Everything about a caller that a permission depends on.</summary>
/// <param name="Platform">The caller's level on the platform.</param>
/// <param name="Pool">The caller's level in the pool that is asked about; <see cref="PoolLevel.Outsider"/> when there is none.</param>
/// <param name="Tier">The strongest token that the caller brought.</param>
/// <param name="Scopes">What the credential is good for.</param>
public readonly record struct AccessRequest(
    PlatformLevel Platform, PoolLevel Pool, Plan Plan, TokenTier Tier, FeatureGroups Scopes)
{
    /// <summary>Whether the caller started the very flow that is to be approved.</summary>
    public bool IsInitiator { get; init; }

    /// <summary>The higher of the level that a member has and the one to be given; null when no level is given or taken.</summary>
    public PoolLevel? Target { get; init; }

    /// <summary>Whether a reason was written down and a second administrator agreed.</summary>
    public bool BreaksGlass { get; init; }
}

/// <summary>Yes, or the first reason why not.</summary>
/// <param name="Denial">For the audit; null when allowed.</param>
/// <param name="IsHidden">Whether the caller must not learn that the thing exists.</param>
public readonly record struct AccessDecision(Denial? Denial, bool IsHidden)
{
    public static AccessDecision Allowed { get; }

    public bool IsAllowed => Denial is null;
}

/// <summary>Why an permission is denied, in the order in which it is looked at.</summary>
public enum Denial
{
    /// <summary>Nobody knows the permission.</summary>
    UnknownPermission,

    /// <summary>Nobody may, ever.</summary>
    Never,

    /// <summary>The token proves too little.</summary>
    TierTooLow,

    /// <summary>The credential is not good for this feature group.</summary>
    ScopeMissing,

    /// <summary>The plan does not include it.</summary>
    PlanTooLow,

    /// <summary>The level on the platform is too low.</summary>
    PlatformTooLow,

    /// <summary>The level in the pool is too low.</summary>
    PoolTooLow,

    /// <summary>Custodians judge what others start.</summary>
    DutyExcluded,

    /// <summary>Nobody approves what they started themselves.</summary>
    OwnInitiative,

    /// <summary>Only levels below the caller's own are given or taken.</summary>
    TargetNotBelow,
}
