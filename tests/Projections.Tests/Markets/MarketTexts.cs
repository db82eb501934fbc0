using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;

namespace Platform.Projections.Tests.Markets;

/// <summary>What people decided about venues, and what venues list, as they are stored.</summary>
internal static class MarketTexts
{
    private static readonly VenueId Venue = VenueId.From("kraken");
    private static readonly VenueEntryId Entry = VenueEntryId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000031"));
    private static readonly ListedInstrumentId Instrument = ListedInstrumentId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000032"));
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 1, 2);
    private static readonly Symbol Market = Symbol.From("BTC-USDT");

    private static readonly MarketRules Rules = new(
        Market, new(0.01m, 0.01m, 1_000_000), new(Quantity.From(0.00001m), Quantity.From(0.00001m), Quantity.From(9000)),
        new(default, default, Quantity.From(100)),
        new(Notional.From(5), Notional.From(9_000_000), Notional.From(5), default, AverageMinutes: 5),
        BasePrecision: 8, QuotePrecision: 6, new(new(0.2m, 5), new(0.5m, 2), AverageMinutes: 5))
    {
        Limits = new(200, 5, Quantity.From(12.5m), FeeCurrency.Received),
    };

    /// <summary>Each event with its stored name and its stored text.</summary>
    internal static readonly TheoryData<object, string, string> Stored = new()
    {
        {
            new CapabilityCorrected(Entry, Venue, new(Capability.OtcDesk, CapabilityValue.Yes, "The venue's page", "kraken.com/otc", Day)),
            "capability_corrected",
            """
            {"venueEntryId":"0199f2b0-0000-7000-8000-000000000031","venueId":"kraken","flag":{"flag":"OtcDesk","value":"Yes","source":"The venue's page","evidence":"kraken.com/otc","at":"2026-01-02"}}
            """
        },
        {
            new VenueFeesCorrected(Entry, Venue, new(0.0025m, 0.004m, IsTiered: true, "The venue's page", Day)),
            "venue_fees_corrected",
            """
            {"venueEntryId":"0199f2b0-0000-7000-8000-000000000031","venueId":"kraken","fees":{"maker":"0.0025","taker":"0.004","isTiered":true,"source":"The venue's page","at":"2026-01-02"}}
            """
        },
        {
            new VenueKilled(Entry, Venue, VenueActivity.Trade, "Its fills do not add up.", Noon),
            "venue_killed",
            """
            {"venueEntryId":"0199f2b0-0000-7000-8000-000000000031","venueId":"kraken","activity":"Trade","reason":"Its fills do not add up.","at":"2026-01-02T12:00:00+00:00"}
            """
        },
        {
            new VenueRevived(Entry, Venue, VenueActivity.Trade, "They do again.", Noon),
            "venue_revived",
            """
            {"venueEntryId":"0199f2b0-0000-7000-8000-000000000031","venueId":"kraken","activity":"Trade","reason":"They do again.","at":"2026-01-02T12:00:00+00:00"}
            """
        },
        {
            new InstrumentListed(Instrument, Venue, Market, Noon),
            "instrument_listed",
            """
            {"listedInstrumentId":"0199f2b0-0000-7000-8000-000000000032","venueId":"kraken","market":"BTC-USDT","at":"2026-01-02T12:00:00+00:00"}
            """
        },
        {
            new InstrumentRulesAnnounced(Instrument, Rules, Noon, "kraken: its list of instruments"),
            "instrument_rules_announced",
            """
            {"listedInstrumentId":"0199f2b0-0000-7000-8000-000000000032","rules":{"market":"BTC-USDT","price":{"tickSize":"0.01","min":"0.01","max":"1000000","bands":null,"significantDigits":0},"lot":{"step":"0.00001","min":"0.00001","max":"9000"},"marketLot":{"step":"0","min":"0","max":"100"},"notional":{"min":"5","max":"9000000","minOfMarketOrders":"5","maxOfMarketOrders":"0","averageMinutes":5},"basePrecision":8,"quotePrecision":6,"percentPrice":{"buy":{"down":"0.2","up":"5"},"sell":{"down":"0.5","up":"2"},"averageMinutes":5},"limits":{"maxOpenOrders":200,"maxAlgoOrders":5,"maxPosition":"12.5","feeCurrency":"Received"}},"effectiveFrom":"2026-01-02T12:00:00+00:00","source":"kraken: its list of instruments"}
            """
        },
        {
            new DelistingAnnounced(Instrument, Noon.AddDays(7), Noon),
            "delisting_announced",
            """{"listedInstrumentId":"0199f2b0-0000-7000-8000-000000000032","endsAt":"2026-01-09T12:00:00+00:00","at":"2026-01-02T12:00:00+00:00"}"""
        },
        {
            new DelistingCalledOff(Instrument, Noon),
            "delisting_called_off",
            """{"listedInstrumentId":"0199f2b0-0000-7000-8000-000000000032","at":"2026-01-02T12:00:00+00:00"}"""
        },
        {
            new InstrumentDelisted(Instrument, "Gone.", Noon),
            "instrument_delisted",
            """{"listedInstrumentId":"0199f2b0-0000-7000-8000-000000000032","reason":"Gone.","at":"2026-01-02T12:00:00+00:00"}"""
        },
    };
}
