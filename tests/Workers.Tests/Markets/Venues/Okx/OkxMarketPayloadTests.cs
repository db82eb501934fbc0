using System.Net;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues.Okx;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Tests.Markets.Venues.Okx;

using static RecordedPayload;

/// <summary>What OKX answers about its markets is read digit for digit; the payloads are recorded ones.</summary>
public sealed class OkxMarketPayloadTests
{
    [Fact, Reads("nautilus/venue-payloads/okx/http_get_order_book.json")]
    public void Recorded_book_is_read()
    {
        var book = OkxMarketAnswers.DepthOf(Data("http_get_order_book"));

        Assert.Equal([Level(41006.7m, 0.487921m), Level(41006.6m, 0.2397m), Level(41006.5m, 1.125m)], book.Bids);
        Assert.Equal([Level(41006.8m, 0.60038921m), Level(41006.9m, 0.30178218m), Level(41007m, 2.0584253m)], book.Asks);
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_trades.json")]
    public void Recorded_trades_are_read_oldest_first()
    {
        var trades = Data("http_get_trades").EachBackwards(OkxMarketAnswers.TradeOf);

        Assert.Equal(
            [
                new(734864332, Price.From(102537.9m), Quantity.From(0.0000125m), TakerSide.Buy, At(1747087161666)),
                new(734864333, Price.From(102537.9m), Quantity.From(0.00013669m), TakerSide.Sell, At(1747087163557)),
            ],
            trades);
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_candlesticks.json")]
    public void Recorded_bars_of_spot_are_read()
    {
        var bars = Data("http_get_candlesticks").Each(bar => OkxMarketAnswers.CandleOf(bar, InstrumentKind.Spot));

        Assert.Equal(
            new(
                At(1625097600000), Price.From(33528.6m), Price.From(33870m), Price.From(33528.6m), Price.From(33783.9m),
                Quantity.From(778.838m)),
            bars[0]);
        Assert.Equal(2, bars.Count);
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_candlesticks_full.json")]
    public void Recorded_bars_of_contracts_are_in_base_units_and_oldest_first()
    {
        var bars = Data("http_get_candlesticks_full")
            .EachBackwards(bar => OkxMarketAnswers.CandleOf(bar, InstrumentKind.Perpetual));

        Assert.Equal([At(1747093980000), At(1747094040000)], bars.Select(bar => bar.OpenTime));
        Assert.Equal([Quantity.From(71.6404m), Quantity.From(10.4037m)], bars.Select(bar => bar.Volume));
        Assert.Equal([Price.From(102783.1m), Price.From(102806.1m)], bars.Select(bar => bar.Low));
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_funding_rate_history.json")]
    public void Recorded_fundings_are_those_that_were_paid()
    {
        var fundings = Data("http_get_funding_rate_history").EachBackwards(OkxMarketAnswers.FundingOf);

        Assert.Equal(
            [new FundingPayment(-0.00002m, At(1704038400000)), new FundingPayment(0.00015m, At(1704067200000))], fundings);
    }

    [Fact, Reads(
        "nautilus/venue-payloads/okx/http_get_index_price.json", "nautilus/venue-payloads/okx/http_get_mark_price.json",
        "nautilus/venue-payloads/okx/ws_funding_rate.json")]
    public void Recorded_mark_index_and_funding_are_read()
    {
        Assert.Equal(
            new DerivativeState(At(1746942707815), Index: Price.From(103_895)),
            OkxMarketAnswers.IndexOf(Data("http_get_index_price")[0]));
        Assert.Equal(
            new DerivativeState(At(1744590349506), Mark: Price.From(84660.1m)),
            OkxMarketAnswers.MarkOf(Data("http_get_mark_price")[0]));
        Assert.Equal(
            new DerivativeState(At(1744590349506), Funding: new(0.0001m, At(1744590349506))),
            OkxMarketAnswers.NextFundingOf(Data("ws_funding_rate")[0]));
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_position_tiers.json")]
    public void Recorded_tiers_of_margin_are_read() => Assert.Equal(
        [new MarginTier(0, 50, 10, 0.1m, 0.03m)], Data("http_get_position_tiers").Each(OkxMarketAnswers.TierOf));

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_option_summary.json")]
    public void Recorded_volatilities_of_options_are_read()
    {
        var options = Data("http_get_option_summary").Each(OkxMarketAnswers.OptionOf);

        Assert.Equal(4, options.Count);
        Assert.Equal(
            new(
                "BTC-USD-241217-92000-C", 0.455m, 0.45m, 0.46m, Price.From(97_000), Delta: null, Gamma: null, Theta: null,
                Vega: null, At(1734166000000)),
            options[0]);
    }

    [Fact, Reads("nautilus/venue-payloads/okx/ws_opt_summary.json")]
    public void Recorded_sensitivities_of_options_are_read() => Assert.Equal(
        new(
            "BTC-USD-250328-92000-P", 0.52m, 0.50m, 0.54m, Price.From(92150.5m), -0.4688m, 0.0000134m, -0.0015m, 0.0038m,
            At(1711612800000)),
        OkxMarketAnswers.OptionOf(Json("okx", "ws_opt_summary")[1]));

    [Fact, Reads("nautilus/venue-payloads/okx/common_optional_string_to_u64.json")]
    public void Recorded_ways_to_say_nothing_are_nothing() => Assert.Equal(
        [12345, null, null], Json("okx", "common_optional_string_to_u64").Each(element => element.DecimalOrNone("value")));

    [Fact]
    public void Works_that_go_on_now_are_the_state_and_those_to_come_are_not()
    {
        static VenueState Of(string json)
        {
            using var document = JsonDocument.Parse(json);
            return OkxMarketAnswers.StatusOf(document.RootElement).State;
        }

        Assert.Equal(VenueState.Online, Of("[]"));
        Assert.Equal(VenueState.Online, Of("""[{"title":"Spot","state":"scheduled","serviceType":"5"}]"""));
        Assert.Equal(VenueState.Online, Of("""[{"title":"Copy","state":"ongoing","serviceType":"8"}]"""));
        Assert.Equal(VenueState.Maintenance, Of("""[{"title":"Spot","state":"ongoing","serviceType":"5"}]"""));
        Assert.Equal(VenueState.PostOnly, Of("""[{"title":"Spot","state":"pre_open","serviceType":"5"}]"""));
    }

    /// <summary>The payload as the connector gets it: out of the venue's wrapping, where it has one.</summary>
    internal static JsonElement Data(string name)
    {
        var json = Json("okx", name);
        return json.TryGetProperty("code", out _)
            ? Assert.IsType<Platform.Workers.Markets.Venues.VenueAnswer<JsonElement>.Answered>(
                new OkxProtocol().Verdict(HttpStatusCode.OK, json)).Value
            : json.GetProperty("data");
    }
}
