using System.Text.Json.Serialization;
using Platform.Domain.Values;

namespace Platform.Domain.Identity;

/// <summary>One person in one pool, and the stream of what became of that; one of each pair.</summary>
[JsonConverter(typeof(ValueConverter<MembershipId, Guid>))]
public readonly record struct MembershipId(Guid Value) : IValue<MembershipId, Guid>
{
    public static MembershipId From(Guid value) => new(value);

    public static MembershipId For(PoolId pool, UserId user) => new(DerivedId.Of("membership", pool.Tenant, user.ToString()));

    public override string ToString() => Value.ToString("D");
}

/// <summary>What a person is in a pool.</summary>
/// <param name="Level"><see cref="PoolLevel.Outsider"/>: proposed only, or a member no more.</param>
/// <param name="Proposal">A level that waits for a second person; null when none does.</param>
public sealed record Membership(MembershipId Id, PoolId PoolId, UserId UserId, PoolLevel Level, MemberProposal? Proposal)
{
    public static Membership? Evolve(Membership? member, MembershipEvent happened) => (member, happened) switch
    {
        (null, MemberProposed e) => new(e.MembershipId, e.PoolId, e.UserId, PoolLevel.Outsider, new(e.Level, e.By)),
        (null, MemberAdded e) => new(e.MembershipId, e.PoolId, e.UserId, e.Level, Proposal: null),
        (not null, MemberProposed e) => member with { Proposal = new(e.Level, e.By) },
        (not null, MemberProposalDropped) => member with { Proposal = null },
        (not null, MemberAdded e) => member with { Level = e.Level, Proposal = null },
        (not null, MemberRaised e) => member with { Level = e.Level, Proposal = null },
        (not null, MemberLowered e) => member with { Level = e.Level, Proposal = null },
        (not null, MemberRemoved) => member with { Level = PoolLevel.Outsider, Proposal = null },
        _ => member,
    };
}

/// <summary>A level that one person proposed and another has to approve.</summary>
public sealed record MemberProposal(PoolLevel Level, UserId By);
