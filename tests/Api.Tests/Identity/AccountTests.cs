using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OtpNet;
using Platform.Domain.Identity;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Identity;

/// <summary>What people see and change of how they prove to be the ones.</summary>
public sealed class AccountTests(PlatformHost platform)
{
    private const string Another = "another long passphrase";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Account_tells_its_owner_what_it_is()
    {
        using var person = await Person.JoinAsync(platform);

        var account = await person.GetAsync("/v1/account");

        Assert.Equal(person.Email, account.GetProperty("email").GetString());
        Assert.Equal("member", account.GetProperty("level").GetString());
        Assert.False(account.GetProperty("hasTotp").GetBoolean());
    }

    [Fact]
    public async Task Changed_password_ends_every_other_session_and_goes_on_here()
    {
        using var person = await Person.JoinAsync(platform);
        using var elsewhere = await person.SignInAsync();
        var other = (await elsewhere.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("token").GetString()!;

        using var changed = await person.DoAsync("account.password.change", "/v1/account/password", new { newPassword = Another });
        await person.TakeTokenAsync(changed);

        Assert.Equal("member", (await person.GetAsync("/v1/account")).GetProperty("level").GetString());
        using var client = platform.ClientWith(other);
        using var refused = await client.GetAsync("/v1/account", Cancel);
        await Problem.ExpectAsync(refused, 401, "token_invalid");
        using var before = await person.SignInAsync();
        await Problem.ExpectAsync(before, 401, "invalid_credentials");
        using var after = await person.SignInAsync(Another);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Weak_password_is_refused_and_the_proof_is_still_good_for_another_try()
    {
        using var person = await Person.JoinAsync(platform);

        using var refused = await person.DoAsync("account.password.change", "/v1/account/password", new { newPassword = "short" });

        await Problem.ExpectAsync(refused, 422, "password_length", "newPassword");
        using var still = await person.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task Change_without_a_new_proof_is_refused()
    {
        using var person = await Person.JoinAsync(platform);

        using var unproven = await person.Http.PostAsJsonAsync("/v1/account/password", new { newPassword = Another }, Cancel);
        await Problem.ExpectAsync(unproven, 403, "danger_token_required");
        using var wrong = await person.AskAgainAsync("account.password.change", new { newPassword = Another }, password: "not it");
        await Problem.ExpectAsync(wrong, 422, "proof_invalid");
    }

    [Fact]
    public async Task One_time_codes_are_asked_for_once_a_first_code_confirmed_them()
    {
        using var person = await Person.JoinAsync(platform);
        var totp = await EnrollAsync(person);

        using var without = await person.SignInAsync();
        await Problem.ExpectAsync(without, 401, "code_required", "code");
        using var wrong = await person.SignInAsync(code: "000000");
        await Problem.ExpectAsync(wrong, 401, "invalid_code", "code");
        var code = NextCode(totp);
        using var right = await person.SignInAsync(code: code);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        using var again = await person.SignInAsync(code: code);
        await Problem.ExpectAsync(again, 401, "invalid_code", "code");
    }

    [Fact]
    public async Task Whoever_has_one_time_codes_proves_again_by_one_and_not_by_the_password()
    {
        using var person = await Person.JoinAsync(platform);
        var totp = await EnrollAsync(person);

        using var byPassword = await person.AskAgainAsync("account.totp.remove", new { });
        await Problem.ExpectAsync(byPassword, 422, "proof_invalid");
        using var removed = await person.DoAsync("account.totp.remove", "/v1/account/totp/remove", new { }, code: NextCode(totp));
        await person.TakeTokenAsync(removed);

        Assert.False((await person.GetAsync("/v1/account")).GetProperty("hasTotp").GetBoolean());
        using var withoutCode = await person.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, withoutCode.StatusCode);
        await EnrollAsync(person);
    }

    [Fact]
    public async Task Secret_that_no_code_confirmed_counts_for_nothing()
    {
        using var person = await Person.JoinAsync(platform);
        using var begun = await person.Http.PostAsync("/v1/account/totp", content: null, Cancel);
        Assert.Equal("no-store", begun.Headers.CacheControl?.ToString());

        using var wrong = await person.Http.PostAsJsonAsync("/v1/account/totp/confirm", new { code = "000000" }, Cancel);

        await Problem.ExpectAsync(wrong, 422, "code_wrong", "code");
        using var signedIn = await person.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
    }

    [Fact]
    public async Task Deleted_account_is_nobodys_and_its_keys_are_dead()
    {
        using var person = await Person.JoinAsync(platform);
        var key = await ApiKeyTests.CreateAsync(person, "markets");

        using var deleted = await person.DoAsync("account.delete", "/v1/account/delete", new { });

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var gone = await person.Http.GetAsync("/v1/account", Cancel);
        await Problem.ExpectAsync(gone, 401, "token_invalid");
        using var unknown = await person.SignInAsync();
        await Problem.ExpectAsync(unknown, 401, "invalid_credentials");
        using var refused = await ApiKeyTests.GetAsync(platform, key, "pools");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Deleted_account_leaves_its_pools_and_counts_as_no_owner()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var owner = await Person.JoinAsync(platform);
        using var leaving = await Person.JoinAsync(platform);
        await owner.JoinPoolAsync(trader.Pool, PoolLevel.Owner);
        await leaving.JoinPoolAsync(trader.Pool, PoolLevel.Owner);
        // The pool was opened with an owner of its own, who goes first.
        using var first = await LowerAsync(trader.User.ToString());
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);

        using var deleted = await leaving.DoAsync("account.delete", "/v1/account/delete", new { });
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        var members = await owner.GetAsync($"{trader.Path}/members");
        Assert.DoesNotContain(
            leaving.Id.ToString(), members.GetProperty("items").EnumerateArray().Select(member => member.GetProperty("userId").GetString()));
        using var last = await LowerAsync(owner.Id.ToString());
        await Problem.ExpectAsync(last, 422, "last_owner");

        Task<HttpResponseMessage> LowerAsync(string user) => owner.DoAsync(
            "members.lower", $"{trader.Path}/members/{user}/lower", new { level = "outsider" }, user, trader.Pool);
    }

    [Fact]
    public async Task Last_owner_of_a_pool_stays()
    {
        using var trader = await Trader.OpenAsync(platform);
        using var person = await Person.JoinAsync(platform);
        var pool = Domain.Values.PoolId.From(Guid.CreateVersion7());
        await person.JoinPoolAsync(pool, PoolLevel.Owner);

        using var refused = await person.DoAsync("account.delete", "/v1/account/delete", new { });

        await Problem.ExpectAsync(refused, 422, "last_owner");
        Assert.Equal("member", (await person.GetAsync("/v1/account")).GetProperty("level").GetString());
    }

    internal static async Task<Totp> EnrollAsync(Person person)
    {
        using var begun = await person.Http.PostAsync("/v1/account/totp", content: null, Cancel);
        var setup = await begun.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.StartsWith("otpauth://totp/", setup.GetProperty("uri").GetString(), StringComparison.Ordinal);
        var totp = new Totp(Base32Encoding.ToBytes(setup.GetProperty("secret").GetString()));
        // The code before this one: so the ones of now and next are still to be used. When a step ended meanwhile, it was one before that.
        await Eventually.IsTrueAsync("the code is confirmed", Trader.Patience, async waiting =>
        {
            var first = totp.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-30));
            using var confirmed = await person.Http.PostAsJsonAsync("/v1/account/totp/confirm", new { code = first }, waiting);
            return confirmed.StatusCode is HttpStatusCode.NoContent;
        }, Cancel);
        return totp;
    }

    // Good for a step more than this one, so that a test that takes its time is not too late.
    private static string NextCode(Totp totp) => totp.ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30));
}
