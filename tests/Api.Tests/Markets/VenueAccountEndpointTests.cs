using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Tests.Identity;
using Platform.Domain.Identity;
using Platform.Domain.Markets.Fetching;
using Platform.Domain.Values;
using Platform.Workers.Markets.Fetching;
using Platform.Workers.Markets.Venues;

namespace Platform.Api.Tests.Markets;

/// <summary>What staff sees of the platform's account at a venue.</summary>
public sealed class VenueAccountEndpointTests(PlatformHost platform)
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Operator_sees_what_is_owed_as_of_the_last_look_and_nothing_once_nothing_is()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Operator);
        var cross = new MarginAccount(
            VenueSymbol: null, 1.2m, MarginState.MarginCall, new(1.5m, 1.3m, 1.1m), LiquidationPrice: null,
            [new("BNB", Quantity.Zero, Quantity.Zero, Quantity.From(201.66666672m), Quantity.From(0.5m), -202.16666672m)]);

        await LookAsync("account.margin", "accounts", Nine, cross);
        var seen = await staff.GetAsync("/v1/exchanges/paper/account");

        Assert.Equal(JsonValueKind.Null, seen.GetProperty("positions").ValueKind);
        var margin = seen.GetProperty("margin");
        Assert.Equal(Nine, margin.GetProperty("at").GetDateTimeOffset());
        var account = Assert.Single(margin.GetProperty("items").EnumerateArray());
        Assert.Equal(
            ("1.2", "marginCall", "1.1"),
            (account.GetProperty("level").GetString(), account.GetProperty("state").GetString(), account.GetProperty("liquidationAt").GetString()));
        var owed = Assert.Single(account.GetProperty("assets").EnumerateArray());
        Assert.Equal(
            ("BNB", "201.66666672", "0.5", "-202.16666672"),
            (owed.GetProperty("asset").GetString(), owed.GetProperty("borrowed").GetString(), owed.GetProperty("interest").GetString(),
                owed.GetProperty("net").GetString()));

        await LookAsync<MarginAccount>("account.margin", "accounts", Nine.AddMinutes(1));
        await LookAsync<MarginAccount>("account.margin", "accounts", Nine.AddMinutes(2));
        margin = (await staff.GetAsync("/v1/exchanges/paper/account")).GetProperty("margin");

        Assert.Equal(Nine.AddMinutes(2), margin.GetProperty("at").GetDateTimeOffset());
        Assert.Empty(margin.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Activity_is_a_list_newest_first_that_can_be_cut_by_time_and_kind()
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Operator);
        await LookAsync(
            "account.movements", "spot", Nine,
            new VenueMovement("1", VenueMovementKind.Borrowing, "BNB", 14m, Nine.AddHours(-3), Wallet: "margin/BNBUSDT"),
            new VenueMovement("2", VenueMovementKind.Conversion, "USDT", -20m, Nine.AddHours(-2)),
            new VenueMovement("2", VenueMovementKind.Conversion, "BNB", 0.06154036m, Nine.AddHours(-2)),
            new VenueMovement("3", VenueMovementKind.Income, "BHFT", 10m, Nine.AddHours(-1), "BHFT distribution"));

        var all = await staff.GetAsync("/v1/exchanges/paper/account/activity?count=exact");
        var converted = await staff.GetAsync(
            "/v1/exchanges/paper/account/activity?filter.at=ge:2026-11-23T07:00:00Z&filter.at=lt:2026-11-23T08:00:00Z&filter.kind=eq:conversion");
        var onMargin = await staff.GetAsync("/v1/exchanges/paper/account/activity?filter.wallet=eq:margin/BNBUSDT");

        Assert.Equal(4, all.GetProperty("count").GetInt64());
        var newest = all.GetProperty("items")[0];
        Assert.Equal(
            ("income", "BHFT", "10", "BHFT distribution", Nine.AddHours(-1)),
            (newest.GetProperty("kind").GetString(), newest.GetProperty("asset").GetString(), newest.GetProperty("change").GetString(),
                newest.GetProperty("note").GetString(), newest.GetProperty("at").GetDateTimeOffset()));
        Assert.Equal(
            ["-20", "0.06154036"],
            converted.GetProperty("items").EnumerateArray().Select(each => each.GetProperty("change").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal("14", Assert.Single(onMargin.GetProperty("items").EnumerateArray()).GetProperty("change").GetString());
    }

    [Theory]
    [InlineData("account")]
    [InlineData("account/activity")]
    public async Task Nobody_else_sees_it_and_an_exchange_without_a_connection_has_none(string what)
    {
        using var staff = await Person.JoinAsync(platform, PlatformLevel.Operator);
        using var other = await Person.JoinAsync(platform, PlatformLevel.Moderator);

        using var forbidden = await other.Http.GetAsync($"/v1/exchanges/paper/{what}", Cancel);
        using var unknown = await staff.Http.GetAsync($"/v1/exchanges/nowhere/{what}", Cancel);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.NotFound), (forbidden.StatusCode, unknown.StatusCode));
    }

    // What the fleet does with an answer.
    private async Task LookAsync<T>(string type, string about, DateTimeOffset at, params T[] said)
    {
        var fetcher = platform.Services.GetRequiredService<FetcherCatalog>().All.Single(each => each.Terms.Id == FetcherId.Of(type, "paper"));
        var table = platform.Services.GetRequiredService<FetcherTable>();
        await table.RegisterAsync([(fetcher.Terms.Id, at, at)], at, Cancel);
        var lease = await table.ClaimAsync([fetcher.Terms.Id], at, at.AddMinutes(1), isDueAnyway: true, Cancel);
        var raw = new RawAnswer(about, JsonSerializer.SerializeToUtf8Bytes(said, FactContent.Json), at);
        await platform.Services.GetRequiredService<FactTable>().SaveAsync(fetcher.Terms, lease!, raw, fetcher.Parse(raw), position: null, Cancel);
    }
}
