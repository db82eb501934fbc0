using System.Net;
using Platform.Domain.Identity;

namespace Platform.Api.Tests.Identity;

/// <summary>Who is in a pool, and who changes that.</summary>
public sealed class MemberTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Added_trader_sees_the_pool_and_lowered_one_is_out_at_once()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var owner = await MemberAsync(trader, PoolLevel.Owner);
        using var person = await Person.JoinAsync(platform);

        using var added = await AddAsync(owner, trader, person, "trader");
        Assert.Equal(HttpStatusCode.NoContent, added.StatusCode);
        await person.GetAsync($"{trader.Path}/orders");

        using var removed = await owner.DoAsync(
            "members.lower", $"{trader.Path}/members/{person.Id}/lower", new { level = "outsider" }, person.Id.ToString(), trader.Pool);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var signedIn = await person.SignInAsync();
        await person.TakeTokenAsync(signedIn);
        using var hidden = await person.Http.GetAsync($"{trader.Path}/orders", Cancel);
        await Problem.ExpectAsync(hidden, 404, "not_found");
    }

    [Fact]
    public async Task Manager_takes_two_persons()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var owner = await MemberAsync(trader, PoolLevel.Owner);
        using var custodian = await MemberAsync(trader, PoolLevel.Custodian);
        using var person = await Person.JoinAsync(platform);

        using var proposed = await AddAsync(owner, trader, person, "manager");
        Assert.Equal(HttpStatusCode.NoContent, proposed.StatusCode);
        using var notYet = await person.Http.GetAsync($"{trader.Path}/orders", Cancel);
        await Problem.ExpectAsync(notYet, 404, "not_found");
        using var own = await ApproveAsync(owner, trader, person, "manager");
        await Problem.ExpectAsync(own, 422, "own_initiative");
        using var other = await ApproveAsync(custodian, trader, person, "owner");
        await Problem.ExpectAsync(other, 422, "proposal_changed", "level");
        using var approved = await ApproveAsync(custodian, trader, person, "manager");
        Assert.Equal(HttpStatusCode.NoContent, approved.StatusCode);

        await person.GetAsync($"{trader.Path}/orders");
        var listed = await owner.GetAsync($"{trader.Path}/members?search={person.Email}");
        Assert.Equal("manager", Assert.Single(listed.GetProperty("items").EnumerateArray()).GetProperty("level").GetString());
    }

    [Fact]
    public async Task Manager_gives_only_levels_below_the_own()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var manager = await MemberAsync(trader, PoolLevel.Manager);
        using var person = await Person.JoinAsync(platform);

        using var refused = await AddAsync(manager, trader, person, "manager");

        await Problem.ExpectAsync(refused, 403, "level_not_below_own");
    }

    [Fact]
    public async Task Stranger_who_is_proposed_and_lowered_is_not_signed_out_by_it()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var owner = await MemberAsync(trader, PoolLevel.Owner);
        using var stranger = await Person.JoinAsync(platform);
        using var proposed = await AddAsync(owner, trader, stranger, "manager");
        Assert.Equal(HttpStatusCode.NoContent, proposed.StatusCode);

        using var lowered = await LeaveAsync(owner, trader, stranger.Id.ToString());

        Assert.Equal(HttpStatusCode.NoContent, lowered.StatusCode);
        await stranger.GetAsync("/v1/account");
    }

    [Fact]
    public async Task Two_owners_who_leave_at_once_leave_one_behind()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var one = await MemberAsync(trader, PoolLevel.Owner);
        using var other = await MemberAsync(trader, PoolLevel.Owner);
        // The pool was opened with an owner of its own, who goes first.
        using var first = await LeaveAsync(one, trader, trader.User.ToString());
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);

        var answers = await Task.WhenAll(LeaveAsync(one, trader, other.Id.ToString()), LeaveAsync(other, trader, one.Id.ToString()));

        // Whoever was quicker took the other's rights, or both asked and one was the last.
        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.NoContent);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Unknown_address_is_nobody()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var owner = await MemberAsync(trader, PoolLevel.Owner);

        using var refused = await owner.DoAsync(
            "members.add", $"{trader.Path}/members", new { email = "nobody@people.test", level = "trader" }, pool: trader.Pool);

        await Problem.ExpectAsync(refused, 422, "no_such_user", "email");
    }

    [Fact]
    public async Task Trader_of_a_pool_changes_no_members_and_a_stranger_sees_none()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var member = await MemberAsync(trader, PoolLevel.Trader);
        using var stranger = await Person.JoinAsync(platform);

        using var refused = await member.AskAgainAsync("members.add", new { email = stranger.Email, level = "trader" }, pool: trader.Pool);
        await Problem.ExpectAsync(refused, 403, "pool_level_too_low");
        using var hidden = await stranger.Http.GetAsync($"{trader.Path}/members", Cancel);
        await Problem.ExpectAsync(hidden, 404, "not_found");
        using var asked = await stranger.AskAgainAsync("members.add", new { email = stranger.Email, level = "owner" }, pool: trader.Pool);
        await Problem.ExpectAsync(asked, 404, "not_found");
    }

    private async Task<Person> MemberAsync(Trader trader, PoolLevel level)
    {
        var person = await Person.JoinAsync(platform);
        await person.JoinPoolAsync(trader.Pool, level);
        return person;
    }

    private static Task<HttpResponseMessage> AddAsync(Person by, Trader trader, Person person, string level) => by.DoAsync(
        "members.add", $"{trader.Path}/members", new { email = person.Email, level }, pool: trader.Pool);

    private static Task<HttpResponseMessage> ApproveAsync(Person by, Trader trader, Person person, string level) => by.DoAsync(
        "members.approve", $"{trader.Path}/members/{person.Id}/approve", new { level }, person.Id.ToString(), trader.Pool);

    private static Task<HttpResponseMessage> LeaveAsync(Person by, Trader trader, string user) => by.DoAsync(
        "members.lower", $"{trader.Path}/members/{user}/lower", new { level = "outsider" }, user, trader.Pool);
}
