using System.Buffers.Text;
using System.Security.Cryptography;
using Platform.Domain.Identity;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Identity;

namespace Platform.Workers.Tests.Identity;

/// <summary>
/// What nodes hold for persons and runs. The certificate's thumbprint is given by hand; that a connection proves it comes with
/// mutual TLS between nodes.
/// </summary>
public sealed class InnerTokenTests(IdentityCluster cluster) : IClassFixture<IdentityCluster>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Five = TimeSpan.FromMinutes(5);

    // Of each test its own: barriers before a certificate concern all who share the cluster.
    private readonly string mine = Thumbprint();
    private readonly string theirs = Thumbprint();

    private IdentityNode node = null!;
    private OuterToken outer = null!;
    private string outerText = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InnerTokens Inner => node.Of<InnerTokens>();

    public async ValueTask InitializeAsync()
    {
        node = await cluster.AddNodeAsync();
        outerText = await node.SignInAsync(await node.AddUserAsync());
        outer = node.Believe(outerText);
    }

    public ValueTask DisposeAsync() => node.DisposeAsync();

    [Fact]
    public void Attack_65_inner_token_of_another_nodes_certificate_or_of_none_is_refused()
    {
        var token = Issue();

        Assert.Equal(TokenFault.BadSignature, node.Verifier.Inner(token, theirs).Fault);
        Assert.NotNull(node.Verifier.Inner(token, mine).Token);
        // Remembered by now, and still another's.
        Assert.Equal(TokenFault.OtherHolder, node.Verifier.Inner(token, theirs).Fault);
        Assert.Equal(TokenFault.OtherHolder, node.Verifier.Inner(token, thumbprint: null).Fault);
    }

    [Fact]
    public void Attack_59_token_of_one_tier_is_refused_as_another()
    {
        var inner = Issue();
        var binding = new DangerBinding("withdrawals.request", "w", Pool: null, "digest");
        var danger = node.Issuer.Danger(outer, binding, ProofMethods.Password, TimeSpan.FromMinutes(2), behind: 0).Text;

        Assert.NotNull(node.Verifier.Danger(danger, outer, binding, default).Token);
        foreach (var other in (string[])[inner, danger])
            Assert.Equal(TokenFault.UnknownKey, node.Verifier.Outer(other, default).Fault);
        foreach (var other in (string[])[outerText, danger])
            Assert.Equal(TokenFault.UnknownKey, node.Verifier.Inner(other, mine).Fault);
        foreach (var other in (string[])[outerText, inner])
            Assert.Equal(TokenFault.UnknownKey, node.Verifier.Danger(other, outer, binding, default).Fault);
    }

    [Fact]
    public async Task Attack_66_renewal_goes_on_until_the_parent_signs_out()
    {
        var token = Issue();
        for (var generation = 1; generation <= 3; generation++)
        {
            token = (await Inner.RenewAsync(token, mine, Cancel))!.Text;
            Assert.Equal(generation, node.Verifier.Inner(token, mine).Token!.Claims.Generation);
        }

        await node.Sessions.EndAsync(outer.UserId, outer.SessionId, SessionEnding.SignedOut, Cancel);

        Assert.Null(await Inner.RenewAsync(token, mine, Cancel));
        Assert.Equal(TokenFault.Barred, node.Verifier.Inner(token, mine).Fault);
    }

    [Fact]
    public async Task Attack_66_renewal_never_goes_past_the_end_of_the_lineage()
    {
        var token = Issue();
        // A node whose lineage is nearly over; only its own tokens see that clock.
        var claims = node.Verifier.Inner(token, mine).Token!.Claims;
        var end = DateTimeOffset.FromUnixTimeMilliseconds(claims.LineageEndsAt);

        Assert.Equal(outer.Claims.LineageEndsAt, claims.LineageEndsAt);
        Assert.InRange(end - node.Time.GetUtcNow(), TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        var renewed = node.Verifier.Inner((await Inner.RenewAsync(token, mine, Cancel))!.Text, mine).Token!.Claims;
        Assert.Equal(claims.LineageEndsAt, renewed.LineageEndsAt);
        Assert.Equal(TokenFault.BadClaims, TokenRules.WhyNot(
            renewed with { ExpiresAt = renewed.LineageEndsAt + 1 }, TokenTier.Inner, "platform", "platform", node.Time.GetUtcNow()));
    }

    [Fact]
    public void Attack_66_child_with_a_wider_scope_is_not_made()
    {
        var narrow = outer.Scope with { Groups = FeatureGroups.Trading, Pool = PoolId.From(Guid.CreateVersion7()), PoolLevel = PoolLevel.Analyst };
        var parent = node.Verifier.Inner(node.Issuer.Inner(outer, narrow, mine, Five).Text, mine).Token!;

        Assert.Equal(narrow, parent.Scope);
        TokenScope[] wider =
        [
            narrow with { Groups = FeatureGroups.Trading | FeatureGroups.Vaults }, narrow with { PoolLevel = PoolLevel.Trader },
            narrow with { Pool = null }, narrow with { Platform = PlatformLevel.Architect }, narrow with { PermissionVersion = 7 },
        ];
        Assert.All(wider, scope => Assert.Throws<ArgumentException>(() => node.Issuer.Inner(parent, scope, mine, Five)));
    }

    [Fact]
    public async Task Attack_66_of_two_renewals_at_once_one_goes_on_and_reuse_ends_the_session()
    {
        await using var other = await cluster.AddNodeAsync();
        var first = Issue();

        var both = await Task.WhenAll(
            Inner.RenewAsync(first, mine, Cancel), other.Of<InnerTokens>().RenewAsync(first, mine, Cancel));

        var second = Assert.Single(both.OfType<IssuedToken>());
        Assert.NotNull(node.Verifier.Inner(second.Text, mine).Token);
        var third = await Inner.RenewAsync(second.Text, mine, Cancel);
        Assert.NotNull(third);
        Assert.Null(await Inner.RenewAsync(first, mine, Cancel));
        Assert.Equal(TokenFault.Barred, node.Verifier.Inner(third.Text, mine).Fault);
        await other.BarsAsync(outerText, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Held_token_renews_itself_until_it_is_barred()
    {
        var life = TimeSpan.FromSeconds(1);
        var held = Hold();
        try
        {
            await Eventually.IsTrueAsync("it was renewed three times", Patience, async _ =>
            {
                // On a machine that stood still for half a life, a longer one.
                if (held.Text is null)
                {
                    await held.DisposeAsync();
                    life *= 2;
                    held = Hold();
                }

                return held.Text is { } text && node.Verifier.Inner(text, mine).Token?.Claims.Generation >= 3;
            }, Cancel);

            await node.Sessions.EndAsync(outer.UserId, outer.SessionId, SessionEnding.SignedOut, Cancel);

            await Eventually.IsTrueAsync("it is over", Patience, _ => Task.FromResult(held.Text is null), Cancel);
            Assert.Null(held.Text);
        }
        finally
        {
            await held.DisposeAsync();
        }

        HeldInnerToken Hold() => Inner.Hold(node.Issuer.Inner(outer, outer.Scope, mine, life), mine);
    }

    [Fact]
    public void Inner_token_lives_twenty_minutes_at_most()
    {
        var token = node.Issuer.Inner(outer, outer.Scope, mine, TimeSpan.FromHours(2));

        Assert.InRange(token.ExpiresAt - node.Time.GetUtcNow(), TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task Ejected_node_is_stopped_with_all_it_holds()
    {
        var (held, others) = (Issue(), node.Issuer.Inner(outer, outer.Scope, theirs, Five).Text);

        await node.RaiseAsync(node.Subjects.Node(mine));

        await Eventually.IsTrueAsync("the node is barred", TimeSpan.FromSeconds(1), _ => Task.FromResult(
            node.Verifier.Inner(held, mine).Fault is TokenFault.Barred), Cancel);
        Assert.NotNull(node.Verifier.Inner(others, theirs).Token);
    }

    private string Issue() => node.Issuer.Inner(outer, outer.Scope, mine, Five).Text;

    private static string Thumbprint() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
