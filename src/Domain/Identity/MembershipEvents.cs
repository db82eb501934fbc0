using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>The facts of one person's membership in one pool.</summary>
public abstract record MembershipEvent
{
    private protected MembershipEvent() { }
}

/// <summary>Someone wants the person to have a level that takes a second person to give.</summary>
/// <param name="By">Who: that one does not approve it.</param>
public sealed record MemberProposed(
    MembershipId MembershipId, PoolId PoolId, UserId UserId, PoolLevel Level, UserId By) : MembershipEvent;

/// <summary>What was proposed is off the table.</summary>
public sealed record MemberProposalDropped(MembershipId MembershipId) : MembershipEvent;

/// <summary>The person is in the pool from now on.</summary>
public sealed record MemberAdded(MembershipId MembershipId, PoolId PoolId, UserId UserId, PoolLevel Level) : MembershipEvent;

/// <summary>The member may do more from now on.</summary>
public sealed record MemberRaised(MembershipId MembershipId, PoolLevel Level) : MembershipEvent;

/// <summary>The member may do less from now on.</summary>
public sealed record MemberLowered(MembershipId MembershipId, PoolLevel Level) : MembershipEvent;

/// <summary>The person is in the pool no more.</summary>
public sealed record MemberRemoved(MembershipId MembershipId) : MembershipEvent;
