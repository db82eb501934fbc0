using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Api.Tests.Identity;
using Platform.Domain.Identity;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Markets.Registry;

/// <summary>Exchanges as anybody may read them, and what staff decides about them. Each test decides about a venue of its own.</summary>
public sealed class ExchangeTests(PlatformHost platform)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anybody_lists_the_exchanges_and_sees_where_pools_trade()
    {
        var listed = await GetAsync("/v1/exchanges?sort=name");

        Assert.Equal(13, listed.GetProperty("items").GetArrayLength());
        var home = Assert.Single(listed.GetProperty("items").EnumerateArray(), exchange => exchange.GetProperty("isHome").GetBoolean());
        Assert.Equal(("paper", "connected"), (home.GetProperty("exchangeId").GetString(), home.GetProperty("status").GetString()));
        Assert.Equal(
            ["kraken", "kraken-futures"],
            (await GetAsync("/v1/exchanges?search=krak")).GetProperty("items").EnumerateArray()
                .Select(exchange => exchange.GetProperty("exchangeId").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(12, (await GetAsync("/v1/exchanges?filter.status=eq:notConnected&count=exact")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Exchange_answers_thirty_questions_with_evidence()
    {
        var exchange = await GetAsync("/v1/exchanges/binance");

        Assert.Equal(Enumerable.Range(1, 30), exchange.GetProperty("capabilities").EnumerateArray().Select(flag => flag.GetProperty("number").GetInt32()));
        var whitelist = exchange.GetProperty("capabilities")[19];
        Assert.Equal(
            ("withdrawalWhitelist", "moneyInAndOut", "yes", false),
            (whitelist.GetProperty("capability").GetString(), whitelist.GetProperty("group").GetString(),
                whitelist.GetProperty("value").GetString(), whitelist.GetProperty("isCorrected").GetBoolean()));
        Assert.StartsWith("npm ccxt ", whitelist.GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.Equal("0.001", exchange.GetProperty("fees").GetProperty("maker").GetString());
        using var nowhere = await platform.Anyone.GetAsync("/v1/exchanges/nowhere", Cancel);
        await Problem.ExpectAsync(nowhere, 404, "not_found");
    }

    [Fact]
    public async Task Operator_stops_trading_and_lets_it_go_on_and_everybody_reads_why()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Operator);
        var stop = new { activity = "withdraw", reason = "Its addresses changed overnight." };

        using var killed = await staff.DoAsync("exchanges.kill", "/v1/exchanges/okx/kill", stop, "okx");

        Assert.Equal(HttpStatusCode.NoContent, killed.StatusCode);
        var kill = Assert.Single((await GetAsync("/v1/exchanges/okx")).GetProperty("kills").EnumerateArray());
        Assert.Equal(("withdraw", stop.reason), (kill.GetProperty("activity").GetString(), kill.GetProperty("reason").GetString()));
        using var revived = await staff.DoAsync("exchanges.kill", "/v1/exchanges/okx/revive", stop, "okx");
        Assert.Equal(HttpStatusCode.NoContent, revived.StatusCode);
        Assert.Empty((await GetAsync("/v1/exchanges/okx")).GetProperty("kills").EnumerateArray());
    }

    [Fact]
    public async Task Nobody_kills_without_a_proof_a_reason_and_the_level()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Operator);
        using var moderator = await Person.JoinAsync(platform, PlatformLevel.Moderator);
        var stop = new { activity = "trade", reason = "Because." };

        using var unproven = await staff.Http.PostAsJsonAsync("/v1/exchanges/gate/kill", stop, Cancel);
        await Problem.ExpectAsync(unproven, 403, "danger_token_required");
        using var mute = await staff.DoAsync("exchanges.kill", "/v1/exchanges/gate/kill", new { activity = "trade", reason = " " }, "gate");
        await Problem.ExpectAsync(mute, 422, "words_missing", "reason");
        using var nowhere = await staff.DoAsync("exchanges.kill", "/v1/exchanges/nowhere/kill", stop, "nowhere");
        await Problem.ExpectAsync(nowhere, 404, "not_found");
        using var other = await moderator.AskAgainAsync("exchanges.kill", stop, "gate");
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Empty((await GetAsync("/v1/exchanges/gate")).GetProperty("kills").EnumerateArray());
    }

    [Fact]
    public async Task Correction_of_a_person_stands_over_the_source_and_says_so()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Operator);

        using var corrected = await staff.DoAsync(
            "exchanges.correct", "/v1/exchanges/gemini/capabilities",
            new { capability = "cardDeposit", value = "yes", source = "Its help pages", evidence = "Buy with a debit card" }, "gemini");
        using var cheaper = await staff.DoAsync(
            "exchanges.correct", "/v1/exchanges/gemini/fees", new { maker = "0.0015", taker = "0.0035", isTiered = true, source = "Its fee page" }, "gemini");
        using var absurd = await staff.DoAsync(
            "exchanges.correct", "/v1/exchanges/gemini/fees", new { maker = "25", taker = "35", isTiered = true, source = "In basis points" }, "gemini");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (corrected.StatusCode, cheaper.StatusCode));
        await Problem.ExpectAsync(absurd, 422, "fee_out_of_range", "maker");
        var exchange = await GetAsync("/v1/exchanges/gemini");
        var flag = exchange.GetProperty("capabilities")[14];
        Assert.Equal(
            ("cardDeposit", "yes", true, "Its help pages"),
            (flag.GetProperty("capability").GetString(), flag.GetProperty("value").GetString(), flag.GetProperty("isCorrected").GetBoolean(),
                flag.GetProperty("source").GetString()));
        Assert.Equal("0.0015", exchange.GetProperty("fees").GetProperty("maker").GetString());
    }

    [Fact]
    public async Task What_the_venue_lists_is_recorded_with_its_rules_as_of_any_instant()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Operator);
        await Eventually.IsTrueAsync("the markets are recorded", Patience, async _ =>
            (await GetAsync("/v1/exchanges/paper/markets")).GetProperty("items").GetArrayLength() >= 4, Cancel);
        var eth = Assert.Single((await GetAsync("/v1/exchanges/paper/markets?search=ETH-BTC")).GetProperty("items").EnumerateArray());
        var pages = await GetAsync("/v1/exchanges/paper/markets?filter.isListed=eq:true&sort=-market&limit=100&count=exact");
        Assert.Equal(
            pages.GetProperty("items").EnumerateArray().Select(each => each.GetProperty("market").GetString()).OrderDescending(StringComparer.Ordinal),
            pages.GetProperty("items").EnumerateArray().Select(each => each.GetProperty("market").GetString()));
        Assert.Equal(pages.GetProperty("items").GetArrayLength(), pages.GetProperty("count").GetInt32());
        Assert.Empty((await GetAsync("/v1/exchanges/gemini/markets")).GetProperty("items").EnumerateArray());
        var (tick, later) = (eth.GetProperty("tickSize").GetString(), TextOf(TimeProvider.System.GetUtcNow().AddYears(1)));

        using var announced = await staff.DoAsync(
            "exchanges.correct", "/v1/exchanges/paper/markets/ETH-BTC/rules",
            new { effectiveFrom = later, source = "Its notice", tickSize = "0.5" }, "paper");

        Assert.Equal(HttpStatusCode.NoContent, announced.StatusCode);
        var now = await GetAsync("/v1/exchanges/paper/markets/ETH-BTC/rules");
        Assert.Equal(tick, now.GetProperty("rules").GetProperty("price").GetProperty("tickSize").GetString());
        Assert.Equal(later, TextOf(now.GetProperty("until").GetDateTimeOffset()));
        var then = await GetAsync($"/v1/exchanges/paper/markets/ETH-BTC/rules?at={later}");
        Assert.Equal("0.5", then.GetProperty("rules").GetProperty("price").GetProperty("tickSize").GetString());
        using var before = await platform.Anyone.GetAsync("/v1/exchanges/paper/markets/ETH-BTC/rules?at=2001-01-01T00:00:00Z", Cancel);
        await Problem.ExpectAsync(before, 404, "not_found");
        using var never = await platform.Anyone.GetAsync("/v1/exchanges/paper/markets/ETH-BTC/rules?at=2026-01-31T12:00:00", Cancel);
        await Problem.ExpectAsync(never, 400, "invalid_time", "at");
    }

    [Fact]
    public async Task Country_is_found_by_any_of_its_codes_and_countries_by_their_calling_code()
    {
        var swiss = Assert.Single((await GetAsync("/v1/countries?filter.alpha3=eq:CHE")).GetProperty("items").EnumerateArray());

        Assert.Equal(
            ("CH", "756", "Switzerland", "41", "CHF"),
            (swiss.GetProperty("alpha2").GetString(), swiss.GetProperty("numeric").GetString(), swiss.GetProperty("name").GetString(),
                swiss.GetProperty("callingCode").GetString(), swiss.GetProperty("currencies")[0].GetString()));
        Assert.Equal(249, (await GetAsync("/v1/countries?count=exact&limit=10")).GetProperty("count").GetInt32());
        Assert.Equal(25, (await GetAsync("/v1/countries?filter.callingCode=eq:1&count=exact")).GetProperty("count").GetInt32());
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await platform.Anyone.GetAsync(path, Cancel);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.True(answer.IsSuccessStatusCode, body.ToString());
        return body;
    }

    private static string TextOf(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
