namespace Platform.Domain.Identity;

/// <summary>One thing that can be asked of the platform, and what it takes to be allowed to.</summary>
/// <param name="Id">Stable, <c>noun.verb</c>: what tokens are bound to and audits name.</param>
/// <param name="Summary">What it does, for people.</param>
/// <param name="Group">The feature group that a credential must be good for.</param>
/// <param name="Grants">Each is one way to be allowed; none at all: nobody ever is.</param>
public sealed record Permission(string Id, string Summary, FeatureGroups Group, IReadOnlyList<Grant> Grants)
{
    /// <summary>The weakest proof that will do.</summary>
    public TokenTier Tier { get; init; } = TokenTier.Outer;

    /// <summary>The lowest plan that includes it.</summary>
    public Plan Plan { get; init; } = Plan.Free;

    public Duty Duty { get; init; } = Duty.None;

    /// <summary>When a second person must agree, in words; null: never. The rules of the thing itself enforce it.</summary>
    public string? FourEyes { get; init; }

    /// <summary>From which platform level it is allowed without a pool level, for a reason and with a second administrator; null: never.</summary>
    public PlatformLevel? BreakGlass { get; init; }

    /// <summary>Whether the level that is given or taken must be below the caller's own.</summary>
    public bool IsBelowOwnLevel { get; init; }

    /// <summary>Whether it is done in a pool, so that to an outsider it looks as if the pool were not there.</summary>
    public bool IsPooled { get; } = Grants.Any(grant => grant.Pool is not null);
}

/// <summary>At least these levels, both of them.</summary>
/// <param name="Pool">Null: no pool level is asked for.</param>
public sealed record Grant(PlatformLevel Platform, PoolLevel? Pool = null);

/// <summary>Which of the two duties that one person never has on one flow.</summary>
public enum Duty
{
    None = 0,

    /// <summary>Starts something that moves funds. Not for custodians, who judge it.</summary>
    Initiate = 1,

    /// <summary>Agrees to what another started.</summary>
    Approve = 2,
}
