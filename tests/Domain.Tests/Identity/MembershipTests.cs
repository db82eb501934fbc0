using Platform.Domain.Identity;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Identity;

public sealed class MembershipTests
{
    private static readonly PoolId Pool = PoolId.From(Guid.Parse("0199f2b0-0000-7000-8000-0000000000aa"));
    private static readonly UserId User = UserId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000001"));
    private static readonly UserId Proposer = UserId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000002"));
    private static readonly UserId Second = UserId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000003"));
    private static readonly MembershipId Id = MembershipId.For(Pool, User);
    private static readonly MemberAdded Trader = new(Id, Pool, User, PoolLevel.Trader);
    private static readonly MemberProposed Managing = new(Id, Pool, User, PoolLevel.Manager, Proposer);

    [Fact]
    public void Level_below_manager_is_given_at_once() =>
        Then(MembershipDecider.Decide(Raise(PoolLevel.Trader), member: null), Trader);

    [Fact]
    public void Member_is_raised() =>
        Then(MembershipDecider.Decide(Raise(PoolLevel.Trader), Given(Trader with { Level = PoolLevel.Analyst })), new MemberRaised(Id, PoolLevel.Trader));

    [Fact]
    public void Same_level_again_changes_nothing() => Then(MembershipDecider.Decide(Raise(PoolLevel.Trader), Given(Trader)));

    [Fact]
    public void Lower_level_is_no_raise() =>
        ThenRefused(MembershipDecider.Decide(Raise(PoolLevel.Analyst), Given(Trader)), "level_not_higher");

    [Fact]
    public void Manager_and_up_takes_a_second_person()
    {
        Then(MembershipDecider.Decide(Raise(PoolLevel.Manager), member: null), Managing);
        Assert.Equal(PoolLevel.Outsider, Given(Managing).Level);
        Assert.Equal(PoolLevel.Trader, Given(Trader, Managing).Level);
    }

    [Fact]
    public void Proposing_the_same_twice_changes_nothing() => Then(MembershipDecider.Decide(Raise(PoolLevel.Manager), Given(Managing)));

    [Fact]
    public void Set_up_needs_no_second_person() => Then(
        MembershipDecider.Decide(new RaiseMember(Pool, User, PoolLevel.Owner, By: null), member: null), Trader with { Level = PoolLevel.Owner });

    [Fact]
    public void Approval_by_another_gives_the_level()
    {
        Then(MembershipDecider.Decide(Approve(Second), Given(Managing)), new MemberAdded(Id, Pool, User, PoolLevel.Manager));
        Then(MembershipDecider.Decide(Approve(Second), Given(Trader, Managing)), new MemberRaised(Id, PoolLevel.Manager));
    }

    [Fact]
    public void Approving_twice_changes_nothing() =>
        Then(MembershipDecider.Decide(Approve(Second), Given(Managing, new MemberAdded(Id, Pool, User, PoolLevel.Manager))));

    [Fact]
    public void Nobody_approves_their_own_proposal_or_level()
    {
        ThenRefused(MembershipDecider.Decide(Approve(Proposer), Given(Managing)), "own_initiative");
        ThenRefused(MembershipDecider.Decide(Approve(User), Given(Managing)), "own_initiative");
    }

    [Fact]
    public void Approval_is_of_what_was_seen() => ThenRefused(
        MembershipDecider.Decide(Approve(Second), Given(Managing, Managing with { Level = PoolLevel.Owner })), "proposal_changed");

    [Fact]
    public void Without_a_proposal_there_is_nothing_to_approve() =>
        ThenRefused(MembershipDecider.Decide(Approve(Second), Given(Trader)), "not_found");

    [Fact]
    public void Proposal_is_dropped_once()
    {
        Then(MembershipDecider.Decide(new DropProposal(Pool, User), Given(Managing)), new MemberProposalDropped(Id));
        Then(MembershipDecider.Decide(new DropProposal(Pool, User), Given(Managing, new MemberProposalDropped(Id))));
        ThenRefused(MembershipDecider.Decide(new DropProposal(Pool, User), member: null), "not_found");
    }

    [Fact]
    public void Member_is_lowered_and_removed()
    {
        Then(MembershipDecider.Decide(Lower(PoolLevel.Analyst), Given(Trader), owners: 2), new MemberLowered(Id, PoolLevel.Analyst));
        Then(MembershipDecider.Decide(Lower(PoolLevel.Outsider), Given(Trader), owners: 2), new MemberRemoved(Id));
        Then(MembershipDecider.Decide(Lower(PoolLevel.Outsider), Given(Trader, new MemberRemoved(Id)), owners: 2));
        Assert.Equal(PoolLevel.Outsider, Given(Trader, new MemberRemoved(Id)).Level);
    }

    [Fact]
    public void Lowering_takes_a_pending_proposal_off_the_table() =>
        Assert.Null(Given(Trader, Managing, new MemberLowered(Id, PoolLevel.Analyst)).Proposal);

    [Fact]
    public void Higher_level_is_no_lowering() =>
        ThenRefused(MembershipDecider.Decide(Lower(PoolLevel.Owner), Given(Trader), owners: 2), "level_not_lower");

    [Fact]
    public void Last_owner_stays_owner() => ThenRefused(
        MembershipDecider.Decide(
            Lower(PoolLevel.Analyst), Given(Trader with { Level = PoolLevel.Owner }), owners: 1),
        "last_owner");

    [Fact]
    public void Whoever_changes_something_only_reads_once_the_pool_rests()
    {
        var rest = new RestMember(Pool, User);

        Then(MembershipDecider.Decide(rest, Given(Trader with { Level = PoolLevel.Owner })), new MemberLowered(Id, PoolLevel.Analyst));
        Then(MembershipDecider.Decide(rest, Given(Trader with { Level = PoolLevel.Investor })));
        Then(MembershipDecider.Decide(rest, Given(Managing)), new MemberProposalDropped(Id));
        ThenRefused(MembershipDecider.Decide(rest, member: null), "not_found");
    }

    private static RaiseMember Raise(PoolLevel level) => new(Pool, User, level, Proposer);

    private static ApproveMember Approve(UserId by) => new(Pool, User, PoolLevel.Manager, by);

    private static LowerMember Lower(PoolLevel level) => new(Pool, User, level);

    private static Membership Given(params MembershipEvent[] past) =>
        past.Aggregate(default(Membership), Membership.Evolve) ?? throw new ArgumentException("No member yet.", nameof(past));

    private static void Then(Decision<MembershipEvent> decision, params MembershipEvent[] expected) =>
        Assert.Equal(expected, Assert.IsType<Decision<MembershipEvent>.Accepted>(decision).Events);

    private static void ThenRefused(Decision<MembershipEvent> decision, string code) =>
        Assert.Equal(code, Assert.IsType<Decision<MembershipEvent>.Refused>(decision).Refusal.Code);
}
