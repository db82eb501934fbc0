using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets.Registry;

public sealed class ListedInstrumentTests
{
    private const string Source = "paper: its list of instruments";

    private static readonly VenueId Venue = VenueId.From("paper");
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly MarketRules Rules = new(
        Symbol.From("BTC-USDT"), new(0.01m, 0.01m, 1_000_000),
        new(Quantity.From(0.00001m), Quantity.From(0.00001m), Quantity.From(9000)), new(default, default, Quantity.From(100)),
        NotionalRules.None with { Min = Notional.From(5), MinOfMarketOrders = Notional.From(5) }, BasePrecision: 8, QuotePrecision: 8);
    private static readonly MarketRules Coarser = Rules with { Price = Rules.Price with { TickSize = 0.1m } };

    private static readonly ListedInstrumentId Id = ListedInstrumentId.For(Venue, Rules.Market);
    private static readonly InstrumentListed Listed = new(Id, Venue, Rules.Market, Noon);
    private static readonly InstrumentRulesAnnounced First = new(Id, Rules, Noon, Source);
    private static readonly InstrumentRulesAnnounced Second = new(Id, Coarser, Noon.AddDays(1), Source);
    private static readonly InstrumentDelisted Delisted = new(Id, "Gone.", Noon.AddDays(2));

    [Fact]
    public void Market_seen_first_is_listed_with_its_rules() => Then(Record(Rules, Noon), Listed, First);

    [Fact]
    public void Market_seen_again_as_it_was_is_no_news() => Then(Record(Rules, Noon.AddDays(1), Listed, First));

    [Fact]
    public void Changed_rules_hold_from_the_moment_we_learned_them() => Then(Record(Coarser, Noon.AddDays(1), Listed, First), Second);

    [Fact]
    public void Market_that_comes_back_is_listed_again() =>
        Then(Record(Coarser, Noon.AddDays(3), Listed, First, Second, Delisted), Listed with { At = Noon.AddDays(3) });

    [Fact]
    public void Market_that_is_gone_is_delisted_once()
    {
        var gone = new RecordDelisting(Venue, Rules.Market, "Gone.", Noon.AddDays(2));

        Then(ListedInstrumentDecider.Decide(gone, Given(Listed, First)), Delisted);
        Then(ListedInstrumentDecider.Decide(gone, Given(Listed, First, Delisted)));
        Refused(ListedInstrumentDecider.Decide(gone, instrument: null), "not_found");
    }

    [Fact]
    public void Rules_are_those_of_the_instant_that_is_asked_for()
    {
        var instrument = Given(Listed, First, Second)!;

        Assert.Null(instrument.RulesAt(Noon.AddTicks(-1)));
        Assert.Equal(Rules, instrument.RulesAt(Noon)?.Rules);
        Assert.Equal(Rules, instrument.RulesAt(Noon.AddDays(1).AddTicks(-1))?.Rules);
        Assert.Equal(Coarser, instrument.RulesAt(Noon.AddDays(1))?.Rules);
        Assert.Equal(Coarser, instrument.RulesAt(Noon.AddYears(1))?.Rules);
    }

    [Fact]
    public void Announced_rules_change_what_they_name_and_nothing_before_their_time()
    {
        var announced = Announce(Noon.AddDays(7), tickSize: 0.1m, minNotional: 10);

        var events = Assert.IsType<Decision<ListedInstrumentEvent>.Accepted>(ListedInstrumentDecider.Decide(announced, Given(Listed, First))).Events;
        var instrument = Given([Listed, First, .. events])!;

        Assert.Equal(Rules, instrument.RulesAt(Noon.AddDays(6))?.Rules);
        var then = instrument.RulesAt(Noon.AddDays(7))!.Rules;
        Assert.Equal((0.1m, 10m, 10m), (then.Price.TickSize, then.Notional.Min.Value, then.Notional.MinOfMarketOrders.Value));
        Assert.Equal(Rules.Lot, then.Lot);
    }

    [Fact]
    public void Announcement_is_refused_where_it_makes_no_sense()
    {
        Refused(ListedInstrumentDecider.Decide(Announce(Noon, tickSize: 0.1m), instrument: null), "not_found");
        Refused(ListedInstrumentDecider.Decide(Announce(Noon.AddDays(-1), tickSize: 0.1m), Given(Listed, First)), "not_found");
        Refused(ListedInstrumentDecider.Decide(Announce(Noon, tickSize: -1), Given(Listed, First)), "rules_out_of_range");
        Refused(ListedInstrumentDecider.Decide(Announce(Noon, tickSize: 1) with { Source = " " }, Given(Listed, First)), "words_missing", "source");
        Then(ListedInstrumentDecider.Decide(Announce(Noon, tickSize: 0.01m), Given(Listed, First)));
    }

    private static AnnounceRules Announce(DateTimeOffset from, decimal? tickSize = null, decimal? minNotional = null) =>
        new(Venue, Rules.Market, from, "The venue's notice", tickSize, LotSize: null, MinQuantity: null, MaxQuantity: null, minNotional);

    private static Decision<ListedInstrumentEvent> Record(MarketRules rules, DateTimeOffset at, params ListedInstrumentEvent[] past) =>
        ListedInstrumentDecider.Decide(new RecordListing(Venue, rules, Source, at), Given(past));

    private static ListedInstrument? Given(params ListedInstrumentEvent[] past) =>
        past.Aggregate(default(ListedInstrument), ListedInstrument.Evolve);

    private static void Then(Decision<ListedInstrumentEvent> decision, params ListedInstrumentEvent[] expected) =>
        Assert.Equal(expected, Assert.IsType<Decision<ListedInstrumentEvent>.Accepted>(decision).Events);

    private static void Refused(Decision<ListedInstrumentEvent> decision, string code, string? field = null)
    {
        var refusal = Assert.IsType<Decision<ListedInstrumentEvent>.Refused>(decision).Refusal;
        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }
}
