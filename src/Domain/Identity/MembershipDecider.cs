using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>Give a person a level in a pool, the first or a higher one.</summary>
/// <param name="By">Null: the platform's own set-up, which needs no second person.</param>
public sealed record RaiseMember(PoolId PoolId, UserId UserId, PoolLevel Level, UserId? By)
{
    public MembershipId MembershipId => MembershipId.For(PoolId, UserId);
}

/// <summary>Agree to a level that another proposed.</summary>
/// <param name="Level">What the approver saw: an approval is of that and nothing else.</param>
public sealed record ApproveMember(PoolId PoolId, UserId UserId, PoolLevel Level, UserId By)
{
    public MembershipId MembershipId => MembershipId.For(PoolId, UserId);
}

/// <summary>Take a proposal back, or refuse it.</summary>
public sealed record DropProposal(PoolId PoolId, UserId UserId)
{
    public MembershipId MembershipId => MembershipId.For(PoolId, UserId);
}

/// <summary>Give a member a lower level; <see cref="PoolLevel.Outsider"/> removes the member.</summary>
public sealed record LowerMember(PoolId PoolId, UserId UserId, PoolLevel Level)
{
    public MembershipId MembershipId => MembershipId.For(PoolId, UserId);
}

/// <summary>The pool ends: whoever changed anything in it only reads from now on.</summary>
public sealed record RestMember(PoolId PoolId, UserId UserId)
{
    public MembershipId MembershipId => MembershipId.For(PoolId, UserId);
}

/// <summary>The rules of membership.</summary>
public static class MembershipDecider
{
    /// <summary>From here on it takes two persons to give a level.</summary>
    public const PoolLevel FourEyesFrom = PoolLevel.Manager;

    public static Decision<MembershipEvent> Decide(RaiseMember command, Membership? member)
    {
        var level = member?.Level ?? PoolLevel.Outsider;
        if (command.Level == level && level is not PoolLevel.Outsider)
            return Decision<MembershipEvent>.Nothing;
        if (command.Level <= level)
            return new Refusal("level_not_higher", $"The level is {level} already.", "level");
        if (command is { By: { } by, Level: >= FourEyesFrom })
            return member?.Proposal == new MemberProposal(command.Level, by)
                ? Decision<MembershipEvent>.Nothing
                : new MemberProposed(command.MembershipId, command.PoolId, command.UserId, command.Level, by);

        return Given(command.MembershipId, command.PoolId, command.UserId, level, command.Level);
    }

    public static Decision<MembershipEvent> Decide(ApproveMember command, Membership? member) => member switch
    {
        { Proposal: null } when member.Level == command.Level => Decision<MembershipEvent>.Nothing,
        null or { Proposal: null } => Refusal.NotFound,
        { Proposal: var proposal } when proposal.Level != command.Level =>
            new Refusal("proposal_changed", $"What is proposed is {proposal.Level}.", "level"),
        { Proposal.By: var by } when by == command.By || member.UserId == command.By =>
            new Refusal("own_initiative", "Nobody approves what they proposed, or what is for themselves."),
        _ => Given(member.Id, member.PoolId, member.UserId, member.Level, command.Level),
    };

    public static Decision<MembershipEvent> Decide(DropProposal command, Membership? member) => member switch
    {
        null => Refusal.NotFound,
        { Proposal: null } => Decision<MembershipEvent>.Nothing,
        _ => new MemberProposalDropped(command.MembershipId),
    };

    /// <param name="owners">How many owners the pool has, this one among them.</param>
    public static Decision<MembershipEvent> Decide(LowerMember command, Membership? member, int owners) => member switch
    {
        null => Refusal.NotFound,
        _ when command.Level == member.Level => Decision<MembershipEvent>.Nothing,
        _ when command.Level > member.Level => new Refusal("level_not_lower", $"The level is {member.Level}.", "level"),
        { Level: PoolLevel.Owner } when owners == 1 =>
            new Refusal("last_owner", "A pool must keep an owner: hand it over first."),
        _ when command.Level is PoolLevel.Outsider => new MemberRemoved(command.MembershipId),
        _ => new MemberLowered(command.MembershipId, command.Level),
    };

    public static Decision<MembershipEvent> Decide(RestMember command, Membership? member) => member switch
    {
        null => Refusal.NotFound,
        { Level: > PoolLevel.Analyst } => new MemberLowered(command.MembershipId, PoolLevel.Analyst),
        { Proposal: not null } => new MemberProposalDropped(command.MembershipId),
        _ => Decision<MembershipEvent>.Nothing,
    };

    private static Decision<MembershipEvent> Given(
        MembershipId id, PoolId pool, UserId user, PoolLevel before, PoolLevel level) =>
        before is PoolLevel.Outsider ? new MemberAdded(id, pool, user, level) : new MemberRaised(id, level);
}
