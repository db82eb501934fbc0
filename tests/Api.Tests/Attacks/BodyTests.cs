using System.Net.Http.Headers;
using System.Text;
using Platform.Api.Tests.Identity;

namespace Platform.Api.Tests.Attacks;

/// <summary>Bodies that say more than they should, or the same thing twice, or nothing at great length.</summary>
public sealed class BodyTests(PlatformHost platform)
{
    private const string Order = """{"market":"BTC-USDT","side":"buy","type":"limit","quantity":"0.01","limitPrice":"50000"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/auth/register", """{"email":"a@b.test","platformLevel":7}""", "platformLevel")]
    [InlineData("/v1/auth/sign-in", """{"email":"a@b.test","password":"correct horse battery","isAdmin":true}""", "isAdmin")]
    [InlineData("/v1/auth/sign-in", """{"email":"a@b.test","password":"correct horse battery","__proto__":{}}""", "__proto__")]
    [InlineData("/v1/auth/sign-in", """{"email":"a@b.test","password":"correct horse battery","$type":"x"}""", "$type")]
    public async Task Attack_03_member_that_nobody_asked_for_is_refused(string path, string body, string member) =>
        await RefusedAsync(path, body, "unknown_member", member);

    [Fact]
    public async Task Attack_03_order_that_says_whose_it_is_is_refused()
    {
        using var trader = await Trader.OpenAsync(platform);
        foreach (var member in (string[])["poolId", "userId", "platformLevel", "status"])
        {
            using var answer = await trader.SendOrderAsync(Order.Insert(1, $"\"{member}\":\"7\","), Trader.Key());
            await Problem.ExpectAsync(answer, 400, "unknown_member", member);
        }
    }

    [Theory]
    [InlineData("quantity", "\"0.02\"")]
    [InlineData("side", "\"buy\"")]
    [InlineData("quantit\\u0079", "\"0.02\"")]
    public async Task Attack_04_member_that_is_given_twice_is_refused(string member, string value)
    {
        using var trader = await Trader.OpenAsync(platform);
        using var answer = await trader.SendOrderAsync(Order.Insert(1, $"\"{member}\":{value},"), Trader.Key());

        await Problem.ExpectAsync(answer, 400, "duplicate_member", member.Replace("\\u0079", "y", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Quantity")]
    [InlineData("QUANTITY")]
    [InlineData("limitprice")]
    public async Task Attack_05_member_in_other_letters_is_none(string member)
    {
        using var trader = await Trader.OpenAsync(platform);
        using var answer = await trader.SendOrderAsync(Order.Insert(1, $"\"{member}\":\"9\","), Trader.Key());

        await Problem.ExpectAsync(answer, 400, "unknown_member", member);
    }

    [Fact]
    public async Task Attack_06_body_of_65_levels_or_half_a_million_elements_is_refused()
    {
        await RefusedAsync("/v1/auth/sign-in", $"{{\"email\":{new string('[', 65)}{new string(']', 65)}}}", "invalid_value", "email");
        await RefusedAsync("/v1/auth/sign-in", $"{{\"email\":[{string.Join(',', Enumerable.Repeat("0", 500_000))}]}}", "invalid_value", "email");
        await RefusedAsync("/v1/auth/sign-in", $"{new string('[', 100_000)}", "malformed_json", field: null);
        // The one member that takes any JSON.
        using var person = await Person.JoinAsync(platform);
        using var deep = await person.Http.PostAsync(
            "/v1/auth/danger", Json($$"""{"operation":"account.delete","password":"x","payload":{{new string('[', 65)}}{{new string(']', 65)}}}"""), Cancel);
        await Problem.ExpectAsync(deep, 400, "malformed_json", "payload");
    }

    [Theory]
    [InlineData("' OR 1=1--")]
    [InlineData("$1")]
    [InlineData("#name")]
    [InlineData("\\u0000")]
    [InlineData("\\ud800")]
    [InlineData("'; drop table platform.mt_events; --")]
    [InlineData("%27%20OR%201=1")]
    public async Task Attack_11_what_is_SQL_elsewhere_is_only_a_value_in_a_body(string text)
    {
        using var client = Person.FromAnAddressOfItsOwn(platform);
        (string Path, string Body)[] asked =
        [
            ("/v1/auth/sign-in", $$"""{"email":"{{text}}","password":"{{text}}"}"""),
            ("/v1/auth/sign-in", $$"""{"email":"a@b.test","password":"{{text}}","code":"{{text}}"}"""),
            ("/v1/auth/register", $$"""{"email":"{{text}}"}"""),
            ("/v1/auth/verify", $$"""{"code":"{{text}}"}"""),
        ];
        foreach (var (path, body) in asked)
        {
            using var answer = await client.PostAsync(path, Json(body), Cancel);
            Assert.InRange((int)answer.StatusCode, 400, 422);
        }

        using var trader = await Trader.OpenAsync(platform);
        foreach (var member in (string[])["BTC-USDT", "buy", "limit", "0.01"])
        {
            using var answer = await trader.SendOrderAsync(Order.Replace(member, text, StringComparison.Ordinal), Trader.Key());
            Assert.InRange((int)answer.StatusCode, 400, 422);
        }
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private async Task RefusedAsync(string path, string body, string code, string? field)
    {
        using var client = Person.FromAnAddressOfItsOwn(platform);
        using var answer = await client.PostAsync(path, Json(body), Cancel);
        await Problem.ExpectAsync(answer, 400, code, field);
    }
}
