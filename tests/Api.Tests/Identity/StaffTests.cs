using System.Net;
using System.Net.Http.Json;
using Platform.Domain.Identity;

namespace Platform.Api.Tests.Identity;

/// <summary>What staff sees of users, and does to them.</summary>
public sealed class StaffTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Administrator_finds_a_user_by_a_part_of_the_address()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Administrator);
        using var person = await Person.JoinAsync(platform);

        var found = await staff.GetAsync($"/v1/users?search={person.Id.Value:N}&filter.level=eq:member&count=exact");

        var user = Assert.Single(found.GetProperty("items").EnumerateArray());
        Assert.Equal(
            (person.Id.ToString(), person.Email, "member", "free", true),
            (user.GetProperty("userId").GetString(), user.GetProperty("email").GetString(), user.GetProperty("level").GetString(),
                user.GetProperty("plan").GetString(), user.GetProperty("isVerified").GetBoolean()));
    }

    [Fact]
    public async Task Pages_of_users_hold_everybody_once()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Administrator);
        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = await staff.GetAsync($"/v1/users?limit=10&sort=-email{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(user => user.GetProperty("email").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null && seen.Count < 60);

        Assert.Equal(seen.Distinct(StringComparer.Ordinal).OrderDescending(StringComparer.Ordinal), seen);
    }

    [Fact]
    public async Task Lowered_user_is_out_at_once_and_has_the_lower_level_after()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Administrator);
        using var moderator = await Person.JoinAsync(platform, PlatformLevel.Moderator);

        using var lowered = await SetAsync(staff, moderator, new { level = "member", plan = "pro" });

        Assert.Equal(HttpStatusCode.NoContent, lowered.StatusCode);
        using var before = await moderator.Http.GetAsync("/v1/account", Cancel);
        await Problem.ExpectAsync(before, 401, "token_invalid");
        using var signedIn = await moderator.SignInAsync();
        await moderator.TakeTokenAsync(signedIn);
        var account = await moderator.GetAsync("/v1/account");
        Assert.Equal(("member", "pro"), (account.GetProperty("level").GetString(), account.GetProperty("plan").GetString()));
    }

    [Fact]
    public async Task Nobody_gives_more_than_they_have_or_changes_their_own()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Administrator);
        using var architect = await Person.JoinAsync(platform, PlatformLevel.Architect);

        using var above = await SetAsync(staff, architect, new { level = "member" });
        await Problem.ExpectAsync(above, 422, "level_above_own", "level");
        using var own = await SetAsync(staff, staff, new { level = "architect" });
        await Problem.ExpectAsync(own, 422, "own_level");
        await architect.GetAsync("/v1/account");
    }

    [Fact]
    public async Task Barred_user_is_out_at_once_and_may_sign_in_again()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Moderator);
        using var person = await Person.JoinAsync(platform);

        using var barred = await BarAsync(staff, person);

        Assert.Equal(HttpStatusCode.NoContent, barred.StatusCode);
        using var before = await person.Http.GetAsync("/v1/account", Cancel);
        await Problem.ExpectAsync(before, 401, "token_invalid");
        using var signedIn = await person.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
    }

    [Fact]
    public async Task Moderator_bars_nobody_above()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Moderator);
        using var administrator = await Person.JoinAsync(platform, PlatformLevel.Administrator);

        using var refused = await BarAsync(staff, administrator);

        await Problem.ExpectAsync(refused, 422, "level_above_own");
        await administrator.GetAsync("/v1/account");
    }

    [Fact]
    public async Task Barred_address_ends_what_was_issued_from_there_and_nothing_else()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Moderator);
        using var person = await Person.JoinAsync(platform);

        using var barred = await staff.DoAsync("barriers.ip", "/v1/networks/bar", new { network = $"{person.Address}/32" });

        Assert.Equal(HttpStatusCode.NoContent, barred.StatusCode);
        using var before = await person.Http.GetAsync("/v1/account", Cancel);
        await Problem.ExpectAsync(before, 401, "token_invalid");
        await staff.GetAsync("/v1/account");
    }

    [Theory]
    [InlineData("somewhere", "invalid_network")]
    [InlineData("10.0.0.1/33", "invalid_network")]
    [InlineData("0.0.0.0/0", "network_size")]
    [InlineData("10.0.0.0/16", "network_size")]
    [InlineData("2001:db8::/32", "network_size")]
    public async Task Network_that_no_barrier_knows_is_refused(string network, string code)
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Moderator);

        using var refused = await staff.DoAsync("barriers.ip", "/v1/networks/bar", new { network });

        await Problem.ExpectAsync(refused, 422, code, "network");
    }

    [Fact]
    public async Task Owner_ends_what_was_issued_for_the_pool_and_a_stranger_finds_none()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var owner = await Person.JoinAsync(platform);
        using var stranger = await Person.JoinAsync(platform);
        await owner.JoinPoolAsync(trader.Pool, PoolLevel.Owner);
        using var asked = await owner.AskAgainAsync("members.add", new { email = stranger.Email, level = "trader" }, pool: trader.Pool);
        var token = (await asked.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Cancel)).GetProperty("token").GetString();

        using var barred = await owner.DoAsync("barriers.pool", $"{trader.Path}/bar", new { }, pool: trader.Pool);
        Assert.Equal(HttpStatusCode.NoContent, barred.StatusCode);

        using var add = new HttpRequestMessage(HttpMethod.Post, $"{trader.Path}/members")
        {
            Content = JsonContent.Create(new { email = stranger.Email, level = "trader" }),
        };
        add.Headers.Add("X-Danger-Token", token);
        using var refused = await owner.Http.SendAsync(add, Cancel);
        await Problem.ExpectAsync(refused, 401, "token_invalid");
        using var hidden = await stranger.Http.PostAsJsonAsync($"{trader.Path}/bar", new { }, Cancel);
        await Problem.ExpectAsync(hidden, 404, "not_found");
    }

    private static Task<HttpResponseMessage> SetAsync(Person staff, Person user, object levels) =>
        staff.DoAsync("users.level", $"/v1/users/{user.Id}/levels", levels, user.Id.ToString());

    private static Task<HttpResponseMessage> BarAsync(Person staff, Person user) =>
        staff.DoAsync("barriers.user", $"/v1/users/{user.Id}/bar", new { }, user.Id.ToString());
}
