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
    public void End_that_is_announced_is_known_until_it_is_called_off_or_there()
    {
        var announced = new DelistingAnnounced(Id, Noon.AddDays(7), Noon);

        Then(Plan(Noon.AddDays(7), Noon, Listed, First), announced);
        Then(Plan(Noon.AddDays(7), Noon.AddDays(1), Listed, First, announced));
        Then(Plan(Noon.AddDays(9), Noon.AddDays(1), Listed, First, announced), new DelistingAnnounced(Id, Noon.AddDays(9), Noon.AddDays(1)));
        Then(Plan(ends: null, Noon.AddDays(1), Listed, First, announced), new DelistingCalledOff(Id, Noon.AddDays(1)));
        Then(Plan(ends: null, Noon.AddDays(7), Listed, First, announced));
        Then(Plan(ends: null, Noon, Listed, First));
        Assert.Equal(announced.EndsAt, Given(Listed, First, announced)!.EndsAt);
        Assert.Null(Given(Listed, First, announced, new DelistingCalledOff(Id, Noon))!.EndsAt);
        Assert.Null(Given(Listed, First, announced, Delisted)!.EndsAt);
    }

    [Fact]
    public void End_of_a_market_that_is_not_listed_is_no_news()
    {
        Then(ListedInstrumentDecider.Decide(new RecordDelistingPlan(Venue, Rules.Market, Noon, Noon), instrument: null));
        Then(Plan(Noon.AddDays(7), Noon, Listed, First, Delisted));
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
    public void Each_rule_is_announced_by_itself()
    {
        (AnnounceRules Announced, MarketRules Then)[] each =
        [
            (Announce(Noon) with { LotSize = 0.001m }, Rules with { Lot = Rules.Lot with { Step = Quantity.From(0.001m) } }),
            (Announce(Noon) with { MinQuantity = 0.002m }, Rules with { Lot = Rules.Lot with { Min = Quantity.From(0.002m) } }),
            (Announce(Noon) with { MaxQuantity = 50 }, Rules with { Lot = Rules.Lot with { Max = Quantity.From(50) } }),
        ];

        Assert.All(each, it => Then(
            ListedInstrumentDecider.Decide(it.Announced, Given(Listed, First)), new InstrumentRulesAnnounced(Id, it.Then, Noon, "The venue's notice")));
    }

    [Fact]
    public void Minimum_that_market_orders_do_not_have_is_not_given_to_them()
    {
        var without = First with { Rules = Rules with { Notional = Rules.Notional with { MinOfMarketOrders = Notional.Zero } } };

        var decision = ListedInstrumentDecider.Decide(Announce(Noon, minNotional: 10), Given(Listed, without));

        Then(decision, without with { Rules = without.Rules with { Notional = without.Rules.Notional with { Min = Notional.From(10) } }, Source = "The venue's notice" });
    }

    [Fact]
    public void Rules_are_in_the_order_of_their_instants_and_the_later_word_holds_for_each()
    {
        var earlier = Second with { Rules = Rules with { BasePrecision = 5 }, EffectiveFrom = Noon.AddHours(1) };
        var corrected = Second with { Rules = Rules with { BasePrecision = 6 } };

        var instrument = Given(Listed, First, Second, earlier, corrected)!;

        Assert.Equal([Rules, earlier.Rules, corrected.Rules], instrument.Rules.Select(rules => rules.Rules));
    }

    [Fact]
    public void Announcement_is_refused_where_it_makes_no_sense()
    {
        Refused(ListedInstrumentDecider.Decide(Announce(Noon, tickSize: 0.1m), instrument: null), "not_found");
        Refused(ListedInstrumentDecider.Decide(Announce(Noon, tickSize: 0.1m), Given(Listed, First, Delisted)), "not_found");
        Refused(ListedInstrumentDecider.Decide(Announce(Noon.AddDays(-1), tickSize: 0.1m), Given(Listed, First)), "not_found");
        Refused(ListedInstrumentDecider.Decide(Announce(Noon, tickSize: 1) with { Source = " " }, Given(Listed, First)), "words_missing", "source");
        Refused(ListedInstrumentDecider.Decide(Announce(Noon, tickSize: 1) with { Source = new('x', 501) }, Given(Listed, First)), "words_missing", "source");
        Then(ListedInstrumentDecider.Decide(Announce(Noon, tickSize: 0.01m), Given(Listed, First)));
    }

    [Fact]
    public void No_rule_is_announced_below_zero()
    {
        AnnounceRules[] below =
        [
            Announce(Noon, tickSize: -1), Announce(Noon) with { LotSize = -1 }, Announce(Noon) with { MinQuantity = -1 },
            Announce(Noon) with { MaxQuantity = -1 }, Announce(Noon, minNotional: -1),
        ];

        Assert.All(below, announced => Refused(ListedInstrumentDecider.Decide(announced, Given(Listed, First)), "rules_out_of_range"));
    }

    [Fact]
    public void Rule_is_switched_off_by_zero() => Then(
        ListedInstrumentDecider.Decide(
            Announce(Noon, tickSize: 0, minNotional: 0) with { LotSize = 0, MinQuantity = 0, MaxQuantity = 0 }, Given(Listed, First)),
        First with
        {
            Rules = Rules with { Price = Rules.Price with { TickSize = 0 }, Lot = new(default, default, default), Notional = NotionalRules.None },
            Source = "The venue's notice",
        });

    private static AnnounceRules Announce(DateTimeOffset from, decimal? tickSize = null, decimal? minNotional = null) =>
        new(Venue, Rules.Market, from, "The venue's notice", tickSize, LotSize: null, MinQuantity: null, MaxQuantity: null, minNotional);

    private static Decision<ListedInstrumentEvent> Record(MarketRules rules, DateTimeOffset at, params ListedInstrumentEvent[] past) =>
        ListedInstrumentDecider.Decide(new RecordListing(Venue, rules, Source, at), Given(past));

    private static Decision<ListedInstrumentEvent> Plan(DateTimeOffset? ends, DateTimeOffset at, params ListedInstrumentEvent[] past) =>
        ListedInstrumentDecider.Decide(new RecordDelistingPlan(Venue, Rules.Market, ends, at), Given(past));

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
