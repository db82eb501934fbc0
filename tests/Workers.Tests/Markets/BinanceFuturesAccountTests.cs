using System.Text.Json;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Tests.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

/// <summary>What an account holds in Binance futures: recorded answers, and those of the documentation (fapi).</summary>
public sealed class BinanceFuturesAccountTests
{
    private const string Folder = "nautilus/venue-payloads/binance/futures/http_json/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Reads("nautilus/venue-payloads/binance/futures/http_json/position_risk.json")]
    public void Position_is_read_with_its_prices() => Assert.Equal(
        [
            new VenuePosition(
                "BTCUSDT", 0.001m, Price.From(50_000), Price.From(51_000), Price.From(45_000), Leverage: 20, Unrealized: null,
                RecordedPayload.At(1625474304765)),
        ],
        BinanceFuturesAccountAnswers.PositionsOf(Recorded("position_risk")));

    [Fact, Reads("nautilus/venue-payloads/binance/futures/http_json/balance.json")]
    public void Collateral_is_what_the_wallet_holds() => Assert.Equal(
        [new VenueBalance("USDT", Quantity.From(122.12345678m), Quantity.Zero)],
        BinanceFuturesAccountAnswers.CollateralOf(Recorded("balance")));

    [Theory]
    [InlineData("10", "4", 4, 6)]
    [InlineData("10", "25", 10, 0)]
    [InlineData("10", "-1", 0, 10)]
    public void What_is_free_is_never_more_than_there_is(string held, string available, int free, int locked) => Assert.Equal(
        [new VenueBalance("BNFCR", Quantity.From(free), Quantity.From(locked))],
        BinanceFuturesAccountAnswers.CollateralOf(RecordedVenueData.Json(
            $$"""[{"asset":"BNFCR","balance":"{{held}}","availableBalance":"{{available}}"},{"asset":"BNB","balance":"0","availableBalance":"3"}]""")));

    [Fact, Reads("nautilus/venue-payloads/binance/futures/http_json/open_algo_orders.json")]
    public void Conditional_order_waits_for_its_price()
    {
        var trigger = Assert.Single(Recorded("open_algo_orders").EnumerateArray().Select(BinanceFuturesAccountAnswers.TriggerOf));

        Assert.Equal(
            ("BTCUSDT", "123456789", "test-algo-order-1", VenueSide.Buy, TriggerState.Waiting, Quantity.From(0.001m), null,
                RecordedPayload.At(1625474304765)),
            (trigger.VenueSymbol, trigger.VenueTriggerId, trigger.ClientTriggerId, trigger.Side, trigger.State, trigger.Quantity,
                trigger.VenueOrderId, trigger.At));
        Assert.Equal([new(Price.From(45_000), TriggerPriceKind.Mark, LimitPrice: null)], trigger.Triggers);
    }

    [Fact]
    public async Task Positions_are_asked_for_at_the_venues_time_and_those_of_nothing_left_out()
    {
        await using var venue = await PrivateVenue.StartAsync(
            "binance-futures", ("/fapi/v1/time", """{"serverTime":1499827319559}"""),
            ("/fapi/v3/positionRisk",
                """
                [{"symbol":"ADAUSDT","positionSide":"SHORT","positionAmt":"-30","entryPrice":"0.444","markPrice":"0.41047590",
                  "unRealizedProfit":"1.17572300","liquidationPrice":"0","marginAsset":"USDT","updateTime":1720736417660},
                 {"symbol":"BTCUSDT","positionSide":"BOTH","positionAmt":"0.000","entryPrice":"0.0","markPrice":"60000","unRealizedProfit":"0",
                  "liquidationPrice":"0","marginAsset":"USDT","updateTime":0}]
                """));

        var positions = await venue.Parts.Positions!.PositionsAsync(Cancel);

        Assert.Equal(
            [
                new VenuePosition(
                    "ADAUSDT", -30, Price.From(0.444m), Price.From(0.4104759m), LiquidationPrice: null, Leverage: null,
                    new Money(1.175723m, Asset.From("USDT")), RecordedPayload.At(1720736417660)),
            ],
            Assert.IsType<VenueAnswer<IReadOnlyList<VenuePosition>>.Answered>(positions).Value);
        Assert.Contains("timestamp=1499827319", Assert.Single(venue.Asked).Target, StringComparison.Ordinal);
    }

    private static JsonElement Recorded(string name) => RecordedVenueData.Json(File.ReadAllText(RecordedMarketData.Path($"{Folder}{name}.json")));
}
