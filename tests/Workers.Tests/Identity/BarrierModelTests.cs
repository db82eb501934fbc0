using System.Collections.Concurrent;
using System.Diagnostics;
using CsCheck;
using Platform.Domain.Identity;

namespace Platform.Workers.Tests.Identity;

/// <summary>Barriers against the naive model that they replace: a list of every token that was ever revoked.</summary>
public sealed class BarrierModelTests(IdentityCluster cluster) : IClassFixture<IdentityCluster>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_accepts_exactly_what_is_not_on_the_list_of_revoked_tokens()
    {
        await using var ahead = await cluster.AddNodeAsync(TimeSpan.FromSeconds(1.9));
        await using var behind = await cluster.AddNodeAsync(TimeSpan.FromSeconds(-1.9));
        IdentityNode[] nodes = [ahead, behind];
        var users = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => nodes[0].AddUserAsync()));
        // What happens, by whom, on which node: 0 and 1 sign in, 2 bars a user, 3 a session, 4 an address's network.
        var stories = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2], Gen.Int[0, 1]).Array[5, 12];

        await stories.SampleAsync(async story =>
        {
            List<(string Token, UserId User, SessionId Session)> issued = [];
            var revoked = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (what, who, where) in story)
            {
                var node = nodes[where];
                switch (what)
                {
                    case <= 1:
                        var token = await node.SignInAsync(users[who]);
                        issued.Add((token, users[who], node.Believe(token).SessionId));
                        break;
                    case 3 when issued.Count > 0:
                        var ended = issued[who % issued.Count];
                        await node.Sessions.EndAsync(ended.User, ended.Session, SessionEnding.SignedOut, Cancel);
                        revoked.Add(ended.Token);
                        break;
                    case 2:
                        await node.RaiseAsync(node.Subjects.User(users[who]));
                        revoked.UnionWith(issued.Where(each => each.User == users[who]).Select(each => each.Token));
                        break;
                    default:
                        await node.RaiseAsync(node.Subjects.ApiKey("nobody's"));
                        break;
                }
            }

            foreach (var node in nodes)
            {
                foreach (var token in issued.Select(each => each.Token))
                {
                    if (revoked.Contains(token))
                        await node.BarsAsync(token, Second);
                    else
                        node.Believe(token);
                }
            }
        }, iter: 40, threads: 1);
    }

    [Fact]
    public async Task No_token_is_accepted_later_than_a_second_after_its_barrier_with_four_nodes_and_10000_raises()
    {
        const int batches = 200, batch = 50;
        await using var right = await cluster.AddNodeAsync();
        await using var ahead = await cluster.AddNodeAsync(TimeSpan.FromSeconds(1.9));
        await using var behind = await cluster.AddNodeAsync(TimeSpan.FromSeconds(-1.9));
        await using var farBehind = await cluster.AddNodeAsync(TimeSpan.FromSeconds(-8));
        IdentityNode[] nodes = [right, ahead, behind, farBehind];
        var user = await nodes[0].AddUserAsync();
        var issuers = nodes[..3];
        var raised = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var lateness = new ConcurrentBag<TimeSpan>();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        // Each node asks again and again about what is being revoked; a yes is timed.
        var verifying = nodes.Select(node => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                foreach (var (token, at) in raised)
                {
                    var asked = Stopwatch.GetTimestamp();
                    if (node.FaultOf(token) is null && asked > at)
                        lateness.Add(Stopwatch.GetElapsedTime(at, asked));
                }

                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }
        }, Cancel)).ToArray();

        for (var number = 0; number < batches; number++)
        {
            var issuer = issuers[number % issuers.Length];
            var token = await issuer.SignInAsync(user);
            var session = nodes[0].Believe(token).SessionId;
            var subjects = issuer.Subjects;
            await nodes[(number + 1) % nodes.Length].RaiseAsync(
            [
                subjects.Session(session), .. Enumerable.Range(1, batch - 1).Select(other => subjects.ApiKey($"{number} {other}")),
            ]);
            raised[token] = Stopwatch.GetTimestamp();
            // The last few are enough to keep four verifiers busy.
            if (raised.Count > 20)
                raised.TryRemove(raised.MinBy(each => each.Value).Key, out _);
        }

        await Task.WhenAll(nodes.SelectMany(node => raised.Keys.Select(token => node.BarsAsync(token, Second))));
        await done.CancelAsync();
        await Task.WhenAll(verifying);
        Assert.All(lateness, late => Assert.InRange(late, TimeSpan.Zero, Second));
    }
}
