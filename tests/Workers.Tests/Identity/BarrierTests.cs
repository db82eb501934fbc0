using System.Net;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Identity;

namespace Platform.Workers.Tests.Identity;

/// <summary>What was issued is taken back, on every node and within a second.</summary>
public sealed class BarrierTests(IdentityCluster cluster) : IClassFixture<IdentityCluster>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Barrier_raised_on_one_node_stops_the_token_on_every_node_within_a_second()
    {
        await using var one = await cluster.AddNodeAsync();
        await using var other = await cluster.AddNodeAsync();
        var user = await one.AddUserAsync();
        var token = await one.SignInAsync(user);
        var bystander = await one.SignInAsync(await one.AddUserAsync());
        other.Believe(token);

        await one.RaiseAsync(one.Subjects.User(user));

        await other.BarsAsync(token, Second);
        await one.BarsAsync(token, Second);
        other.Believe(bystander);
    }

    [Fact]
    public async Task Every_scope_stops_the_tokens_that_name_it()
    {
        await using var node = await cluster.AddNodeAsync();
        var (user, pool, address) = (await node.AddUserAsync(), PoolId.From(Guid.CreateVersion7()), IPAddress.Parse("203.0.113.7"));
        var session = node.Believe(await node.SignInAsync(user)).SessionId;
        var issued = node.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var subjects = node.Subjects;
        BarrierSubject[] scopes =
        [
            subjects.Everybody, subjects.User(user), subjects.Pool(pool), subjects.Session(session), subjects.ApiKey("key"),
            subjects.Node("thumb"), subjects.SigningKey("kid"), subjects.From(address).Address, subjects.From(address).Around,
        ];

        Assert.Equal(scopes.Length, scopes.Select(scope => scope.Id).Distinct().Count());
        foreach (var scope in scopes)
        {
            Assert.False(node.Barriers.IsBarred(issued, scope.Id));
            await node.RaiseAsync(scope);
            await Eventually.IsTrueAsync($"{scope} is barred", Patience, _ => Task.FromResult(node.Barriers.IsBarred(issued, scope.Id)), Cancel);
        }
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.250", true)]
    [InlineData("203.0.113.7", "203.0.114.7", false)]
    [InlineData("::ffff:203.0.113.7", "203.0.113.9", true)]
    [InlineData("2001:db8:1:2::3", "2001:db8:1:ffff::1", true)]
    [InlineData("2001:db8:1:2::3", "2001:db8:2:2::3", false)]
    public void Network_around_an_address_is_a_24_or_a_48(string one, string other, bool isSame)
    {
        var subjects = new BarrierSubjects(new byte[32]);

        Assert.Equal(isSame, subjects.From(IPAddress.Parse(one)).Around == subjects.From(IPAddress.Parse(other)).Around);
        Assert.Null(subjects.From(IPAddress.Parse(one)).Address.Name);
    }

    [Fact]
    public async Task Token_is_refused_from_a_barred_address_and_its_network()
    {
        await using var node = await cluster.AddNodeAsync();
        var token = await node.SignInAsync(await node.AddUserAsync());
        var (bad, near, far) = (IPAddress.Parse("192.0.2.7"), IPAddress.Parse("192.0.2.8"), IPAddress.Parse("198.51.100.1"));
        TokenFault? From(IPAddress address) => node.Verifier.Outer(token, new(address)).Fault;

        await node.RaiseAsync(node.Subjects.From(bad).Address);
        await Eventually.IsTrueAsync("the address is barred", Patience, _ => Task.FromResult(From(bad) is TokenFault.Barred), Cancel);
        Assert.Null(From(near));
        await node.RaiseAsync(node.Subjects.From(bad).Around);
        await Eventually.IsTrueAsync("the network is barred", Patience, _ => Task.FromResult(From(near) is TokenFault.Barred), Cancel);
        Assert.Null(From(far));
    }

    [Fact]
    public async Task Attack_67_token_of_the_barriers_millisecond_is_refused_and_a_sign_in_right_after_is_good()
    {
        await using var one = await cluster.AddNodeAsync();
        await using var other = await cluster.AddNodeAsync();
        var user = await one.AddUserAsync();
        var subject = one.Subjects.User(user);
        RaisedBarriers raised;
        await using (var session = one.Store.LightweightSession())
        {
            raised = await session.RaiseBarriersAsync([subject], BarrierCause.CredentialChanged, Cancel);
            await session.SaveChangesAsync(Cancel);
        }

        // On a node that may not have heard of the barrier yet.
        var fresh = await other.SignInAsync(user);

        one.Barriers.Learn(raised);
        Assert.True(one.Barriers.IsBarred(raised.Until, subject.Id));
        Assert.False(one.Barriers.IsBarred(raised.Until + 1, subject.Id));
        one.Believe(fresh);
        await Eventually.IsTrueAsync(
            "the other node knows", Patience, _ => Task.FromResult(other.Barriers.IsBarred(raised.Until, subject.Id)), Cancel);
        other.Believe(fresh);
        await one.RaiseAsync(subject);
        await other.BarsAsync(fresh, Second);
    }

    [Fact]
    public async Task Barrier_stands_only_when_its_cause_is_committed()
    {
        await using var node = await cluster.AddNodeAsync();
        var user = await node.AddUserAsync();
        var token = await node.SignInAsync(user);
        await using (var session = node.Store.LightweightSession())
            await session.RaiseBarriersAsync([node.Subjects.User(user)], BarrierCause.Abuse, Cancel);

        await node.RaiseAsync(node.Subjects.ApiKey("another, so that the order is seen"));
        await Eventually.IsTrueAsync("the later one is known", Patience, _ => Task.FromResult(
            node.Barriers.IsBarred(1, node.Subjects.ApiKey("another, so that the order is seen").Id)), Cancel);
        node.Believe(token);
    }

    [Fact]
    public async Task Attack_68_clocks_apart_let_no_token_through()
    {
        await using var ahead = await cluster.AddNodeAsync(TimeSpan.FromSeconds(1.8));
        await using var behind = await cluster.AddNodeAsync(TimeSpan.FromSeconds(-5));
        await using var right = await cluster.AddNodeAsync();
        var user = await ahead.AddUserAsync();
        var token = await ahead.SignInAsync(user);
        behind.Believe(token);

        await behind.RaiseAsync(behind.Subjects.User(user));

        await ahead.BarsAsync(token, Second);
        await behind.BarsAsync(token, Second);
        // Whose clock is further off issues nothing, from the moment it is set.
        ahead.Time.Skew = TimeSpan.FromSeconds(5);
        var refused = await Assert.ThrowsAsync<TokensUnavailableException>(() => ahead.SignInAsync(user));
        Assert.Equal(TokenFault.ClockOff, refused.Fault);
        await Assert.ThrowsAsync<TokensUnavailableException>(() => behind.SignInAsync(user));
        // And further still, it believes nothing.
        var good = await right.SignInAsync(user);
        behind.Believe(good);
        behind.Time.Skew = TimeSpan.FromSeconds(-11);
        Assert.Equal(TokenFault.ClockOff, behind.FaultOf(good));
    }

    [Fact]
    public async Task Node_that_starts_knows_every_barrier_before_it_serves()
    {
        await using var one = await cluster.AddNodeAsync();
        var user = await one.AddUserAsync();
        var token = await one.SignInAsync(user);
        await one.RaiseAsync(one.Subjects.User(user));

        await using var late = await cluster.AddNodeAsync();

        Assert.Equal(TokenFault.Barred, late.FaultOf(token));
    }

    [Fact]
    public async Task Barriers_are_facts_that_name_the_cause_and_no_address()
    {
        await using var node = await cluster.AddNodeAsync();
        var user = await node.AddUserAsync();
        var network = node.Subjects.From(IPAddress.Parse("198.18.0.7")).Address;
        await node.RaiseAsync(node.Subjects.User(user), network);
        await node.RaiseAsync(node.Subjects.User(user));

        await using var session = node.Store.QuerySession();
        var raised = await session.Events.FetchStreamAsync(node.Subjects.User(user).Id.Value, token: Cancel);
        var barred = Assert.IsType<BarrierRaised>(Assert.Single(await session.Events.FetchStreamAsync(network.Id.Value, token: Cancel)).Data);
        Assert.Equal([user.ToString(), user.ToString()], raised.Select(each => ((BarrierRaised)each.Data).Subject));
        Assert.True(((BarrierRaised)raised[1].Data).Until > ((BarrierRaised)raised[0].Data).Until);
        Assert.Null(barred.Subject);
    }
}
