using System.Net;
using System.Net.Http.Json;
using OtpNet;
using Platform.Domain.Identity;
using Platform.Workers.Identity;
using Totp = Platform.Workers.Identity.Totp;

namespace Platform.Api.Tests.Identity;

/// <summary>Guessing one person's password or code is slow from anywhere, on all nodes together, and keeps the person out of nothing.</summary>
public sealed class GuessTests(WebCluster cluster) : IClassFixture<WebCluster>
{
    private static int networks;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wrong_passwords_from_one_network_are_counted_on_all_nodes_together_and_over_restarts()
    {
        var (user, from) = (await cluster.AddUserAsync(), Network());
        var session = await cluster.One.SignInAsync(user);

        for (var number = 0; number < GuessBudget.NetworkMax; number++)
            await WrongAsync(number % 2 == 0 ? cluster.One : cluster.Other, user.Email, from);

        await using var restarted = await WebNode.StartAsync(cluster.Connection, cluster.KeyFolder);
        foreach (var node in (WebNode[])[cluster.One, cluster.Other, restarted])
            await TooManyAsync(node, user.Email, from);
        // Whoever is in stays in.
        using var inside = cluster.One.Client(session);
        using var answer = await inside.GetAsync("/v1/auth/sessions", Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Unknown_address_is_answered_as_a_known_one_to_the_letter()
    {
        var (user, from) = (await cluster.AddUserAsync(), Network());

        async Task<string[]> AnswersAsync(string email)
        {
            List<string> answers = [];
            for (var number = 0; number < GuessBudget.NetworkMax + 3; number++)
            {
                using var answer = await SignInAsync(cluster.One, email, "not the password", from);
                var problem = await answer.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonObject>(Cancel);
                problem!.Remove("rayId");
                answers.Add($"{answer.StatusCode} {answer.Headers.RetryAfter is not null} {problem.ToJsonString()}");
            }

            return [.. answers];
        }

        Assert.Equal(await AnswersAsync(user.Email), await AnswersAsync("nobody@platform.test"));
    }

    [Fact]
    public async Task Guesses_at_once_are_no_more_than_those_one_by_one()
    {
        var (user, from) = (await cluster.AddUserAsync(), Network());

        var answers = await Task.WhenAll(Enumerable.Range(0, 4 * GuessBudget.NetworkMax).Select(
            number => SignInAsync(number % 2 == 0 ? cluster.One : cluster.Other, user.Email, "not the password", from)));

        Assert.Equal(GuessBudget.NetworkMax, answers.Count(answer => answer.StatusCode is HttpStatusCode.Unauthorized));
        Assert.Equal(3 * GuessBudget.NetworkMax, answers.Count(answer => answer.StatusCode is HttpStatusCode.TooManyRequests));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Strangers_from_everywhere_are_stopped_and_do_not_keep_the_owner_out()
    {
        var (user, home) = (await cluster.AddUserAsync(), Network());
        using var before = await SignInAsync(cluster.One, user.Email, WebCluster.Password, home);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        for (var network = 0; network < GuessBudget.EverywhereMax / GuessBudget.NetworkMax; network++)
        {
            var stranger = Network();
            for (var number = 0; number < GuessBudget.NetworkMax; number++)
                await WrongAsync(cluster.One, user.Email, stranger);
        }

        await TooManyAsync(cluster.Other, user.Email, Network());
        using var owner = await SignInAsync(cluster.Other, user.Email, WebCluster.Password, home);
        Assert.Equal(HttpStatusCode.OK, owner.StatusCode);
    }

    [Fact]
    public async Task Right_password_costs_nothing()
    {
        var (user, from) = (await cluster.AddUserAsync(), Network());

        for (var number = 0; number < GuessBudget.NetworkMax - 1; number++)
            await WrongAsync(cluster.One, user.Email, from);
        for (var number = 0; number < 3; number++)
            using (var right = await SignInAsync(cluster.One, user.Email, WebCluster.Password, from))
                Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        await WrongAsync(cluster.One, user.Email, from);
        await TooManyAsync(cluster.One, user.Email, from);
    }

    [Fact]
    public async Task Wrong_proofs_of_somebody_signed_in_are_counted_with_those_of_the_sign_in()
    {
        var user = await cluster.AddUserAsync();
        var token = await cluster.One.SignInAsync(user);
        Withdrawal payload = new("USDT", "tron", "1", "T1", Memo: null, "1");

        for (var number = 0; number < GuessBudget.NetworkMax; number++)
            using (var wrong = await cluster.One.AskAsync(token, user, "wd", payload, "not the password"))
                await Problem.ExpectAsync(wrong, 422, "proof_invalid");

        using var refused = await cluster.Other.AskAsync(token, user, "wd", payload);
        await Problem.ExpectAsync(refused, 429, "too_many_attempts");
        await TooManyAsync(cluster.One, user.Email, IPAddress.Loopback);
    }

    [Fact]
    public async Task Codes_are_guessed_as_seldom_as_passwords_and_a_right_one_is_not_looked_at_then()
    {
        var (totp, user) = (cluster.One.Of<Totp>(), UserId.From(Guid.CreateVersion7()));
        TokenOrigin from = new(Network());
        var setup = (await totp.BeginAsync(user, "a person", Cancel))!;
        await using (var session = cluster.One.Store.LightweightSession())
        {
            Assert.True(await totp.ConfirmAsync(session, user, CodeAt(0), Cancel));
            await session.SaveChangesAsync(Cancel);
        }

        for (var number = 0; number < GuessBudget.NetworkMax; number++)
            Assert.False(await totp.TakeAsync(user, "no code", from, Cancel));

        var refused = await Assert.ThrowsAsync<TooManyGuessesException>(() => totp.TakeAsync(user, CodeAt(1), from, Cancel));
        Assert.InRange(refused.Wait, TimeSpan.FromMinutes(10), GuessBudget.Window);
        Assert.True(await totp.TakeAsync(user, CodeAt(1), new(Network()), Cancel));

        string CodeAt(int step) => new OtpNet.Totp(Base32Encoding.ToBytes(setup.Secret)).ComputeTotp(
            TimeProvider.System.GetUtcNow().UtcDateTime + TimeSpan.FromSeconds(30 * step));
    }

    [Fact]
    public async Task Window_that_is_over_is_forgotten_and_another_begins()
    {
        var (user, from) = (await cluster.AddUserAsync(), Network());
        for (var number = 0; number < GuessBudget.NetworkMax; number++)
            await WrongAsync(cluster.One, user.Email, from);
        await TooManyAsync(cluster.One, user.Email, from);

        // Time is the store's: a quarter of an hour goes by.
        await cluster.ExecuteAsync("update platform.guess set ends_at = ends_at - interval '15 minutes'");

        await WrongAsync(cluster.One, user.Email, from);
        using var right = await SignInAsync(cluster.Other, user.Email, WebCluster.Password, from);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    // A /24 that nobody else in these tests comes from.
    private static IPAddress Network() => new([127, 99, (byte)Interlocked.Increment(ref networks), 1]);

    private static async Task WrongAsync(WebNode node, string email, IPAddress from)
    {
        using var wrong = await SignInAsync(node, email, "not the password", from);
        await Problem.ExpectAsync(wrong, 401, "invalid_credentials");
    }

    private static async Task TooManyAsync(WebNode node, string email, IPAddress from)
    {
        using var refused = await SignInAsync(node, email, WebCluster.Password, from);
        await Problem.ExpectAsync(refused, 429, "too_many_attempts");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), GuessBudget.Window);
    }

    private static async Task<HttpResponseMessage> SignInAsync(WebNode node, string email, string password, IPAddress from)
    {
        using var client = Elsewhere.ClientOf(node.Address, from);
        return await client.PostAsJsonAsync("/v1/auth/sign-in", new { email, password }, Cancel);
    }
}
