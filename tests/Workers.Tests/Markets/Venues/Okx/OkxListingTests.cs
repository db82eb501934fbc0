using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues.Okx;

namespace Platform.Workers.Tests.Markets.Venues.Okx;

/// <summary>What OKX lists is read with its rules; the payloads are recorded ones.</summary>
public sealed class OkxListingTests
{
    private static readonly VenueId Venue = VenueId.From("okx");

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_instruments_spot.json")]
    public void Recorded_spot_markets_are_read()
    {
        var listed = Listed("http_get_instruments_spot");

        Assert.Equal(["BTC-USD", "ETH-USD", "SOL-USD"], listed.Take(3).Select(instrument => instrument.VenueSymbol));
        Assert.Equal(
            new Instrument(
                Venue, "BTC-USD", Symbol.From("BTC-USD"), InstrumentKind.Spot,
                new(
                    Symbol.From("BTC-USD"), new(0.1m, 0, 0),
                    new(Quantity.From(0.00000001m), Quantity.From(0.00001m), Quantity.From(9_999_999_999m)),
                    new(Quantity.Zero, Quantity.Zero, Quantity.Zero), NotionalRules.None, 8, 9),
                IsTrading: true),
            listed[0]);
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_instruments_margin.json")]
    public void Recorded_margin_market_is_the_spot_market()
    {
        var listed = Listed("http_get_instruments_margin");

        Assert.All(listed, instrument => Assert.Equal(InstrumentKind.Spot, instrument.Kind));
        Assert.All(listed, instrument => Assert.Null(instrument.Derivative));
        Assert.Equal(["BTC-USDT", "ETH-USDT", "OKB-USDT"], listed.Take(3).Select(instrument => instrument.Market.Value));
        Assert.Equal(Quantity.From(0.1m), listed[2].Rules.Lot.Min);
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_instruments_swap.json")]
    public void Recorded_perpetuals_are_read()
    {
        var listed = Listed("http_get_instruments_swap");

        Assert.Equal(["BTC-USD-SWAP", "ETH-USDT-SWAP", "BTC-USDT-SWAP"], listed.Select(instrument => instrument.VenueSymbol));
        Assert.All(listed, instrument => Assert.Equal(InstrumentKind.Perpetual, instrument.Kind));
        Assert.Equal(new DerivativeTerms(100, IsInverse: true, Asset.From("BTC")), listed[0].Derivative);
        Assert.Equal(new DerivativeTerms(0.1m, IsInverse: false, Asset.From("USDT")), listed[1].Derivative);
        Assert.Equal(Symbol.From("ETH-USDT"), listed[1].Market);
        Assert.Equal(Quantity.From(20_000), listed[1].Rules.MarketLot.Max);
        Assert.Equal(new(Quantity.From(0.01m), Quantity.From(0.01m), Quantity.From(100_000_000)), listed[1].Rules.Lot);
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_instruments_futures.json")]
    public void Recorded_futures_are_read()
    {
        var listed = Listed("http_get_instruments_futures");

        Assert.Equal("BTC-USD-241220", listed[0].VenueSymbol);
        Assert.Equal(InstrumentKind.Future, listed[0].Kind);
        Assert.Equal(
            new DerivativeTerms(100, IsInverse: true, Asset.From("BTC"), new DateTimeOffset(2024, 12, 20, 8, 0, 0, TimeSpan.Zero)),
            listed[0].Derivative);
        Assert.All(listed, instrument => Assert.True(instrument.IsTrading));
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_instruments_option.json")]
    public void Recorded_options_are_read()
    {
        var listed = Listed("http_get_instruments_option");

        Assert.Equal(
            [true, false], listed.Take(2).Select(instrument => instrument.Derivative?.IsCall));
        Assert.Equal(
            new DerivativeTerms(
                0.01m, IsInverse: true, Asset.From("BTC"), new DateTimeOffset(2024, 12, 17, 8, 0, 0, TimeSpan.Zero),
                Price.From(92_000), IsCall: true),
            listed[0].Derivative);
        Assert.Equal(InstrumentKind.Option, listed[0].Kind);
        Assert.Equal(0.0001m, listed[0].Rules.Price.TickSize);
    }

    [Fact, Reads("nautilus/venue-payloads/okx/http_get_spreads.json")]
    public void Recorded_spreads_are_read()
    {
        Instrument?[] listed =
        [
            .. RecordedPayload.Json("okx", "http_get_spreads").GetProperty("data").EnumerateArray()
                .Select(spread => OkxListing.SpreadOf(Venue, spread)),
        ];

        Assert.Equal("ETH-USD-SWAP_ETH-USD-231229", listed[0]?.VenueSymbol);
        Assert.Equal((InstrumentKind.Spread, Symbol.From("ETH-USD")), (listed[0]!.Kind, listed[0]!.Market));
        Assert.Equal(new(Quantity.From(10), Quantity.From(10), Quantity.Zero), listed[0]!.Rules.Lot);
        Assert.Equal(0.0001m, listed[1]!.Rules.Price.TickSize);
    }

    [Fact, Reads("nautilus/venue-payloads/okx/ws_instruments.json")]
    public void Recorded_change_of_a_listing_is_read_as_the_listing_itself()
    {
        var listed = Assert.Single(Listed("ws_instruments"));

        Assert.Equal("BTC-USDT-SWAP", listed.VenueSymbol);
        Assert.Equal(new DerivativeTerms(0.01m, IsInverse: false, Asset.From("USDT")), listed.Derivative);
    }

    [Fact]
    public void What_the_platform_cannot_name_or_the_venue_does_not_trade_is_told_apart()
    {
        static Instrument? Of(string baseAsset, string state)
        {
            using var document = JsonDocument.Parse(
                $$"""
                {"instType":"SPOT","instId":"X-USDT","baseCcy":"{{baseAsset}}","quoteCcy":"USDT","tickSz":"0.1","lotSz":"1",
                 "minSz":"1","maxLmtSz":"","state":"{{state}}"}
                """);
            return OkxListing.InstrumentOf(Venue, document.RootElement);
        }

        Assert.Null(Of("x", "live"));
        Assert.False(Of("X", "suspend")?.IsTrading);
        Assert.Equal(Quantity.Zero, Of("X", "preopen")?.Rules.Lot.Max);
    }

    private static Instrument[] Listed(string name) =>
    [
        .. RecordedPayload.Json("okx", name).GetProperty("data").EnumerateArray()
            .Select(listed => OkxListing.InstrumentOf(Venue, listed) ?? throw new InvalidOperationException("Not named.")),
    ];
}
