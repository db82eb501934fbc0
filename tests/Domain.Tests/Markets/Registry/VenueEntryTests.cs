using System.Globalization;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets.Registry;

public sealed class VenueEntryTests
{
    private static readonly VenueId Kraken = VenueId.From("kraken");
    private static readonly VenueEntryId Id = VenueEntryId.For(Kraken);
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 1, 2);
    private static readonly CapabilityFlag Nft = new(Capability.Nft, CapabilityValue.Yes, "The venue's page", "kraken.com/nft", Day);
    private static readonly VenueFees Fees = new(0.0025m, 0.004m, IsTiered: true, "The venue's page", Day);
    private static readonly VenueKilled Killed = new(Id, Kraken, VenueActivity.Trade, "Its fills do not add up.", Noon);
    private static readonly VenueRevived Revived = new(Id, Kraken, VenueActivity.Trade, "They do again.", Noon.AddHours(1));

    [Fact]
    public void Killed_trade_is_killed_and_nothing_else() => Then(Kill(), Killed, (entry) =>
    {
        Assert.True(entry.IsKilled(VenueActivity.Trade));
        Assert.False(entry.IsKilled(VenueActivity.Withdraw));
        Assert.False(entry.IsKilled(VenueActivity.Data));
    });

    [Fact]
    public void Killed_twice_is_killed_for_the_first_reason() => Nothing(Kill("Another.", Killed));

    [Fact]
    public void Each_kill_stands_until_it_is_revived_whatever_is_decided_of_the_others()
    {
        var both = Given(Killed, Killed with { Activity = VenueActivity.Withdraw })!;
        var one = Given(Killed, Killed with { Activity = VenueActivity.Withdraw }, Revived)!;

        Assert.True(both.IsKilled(VenueActivity.Trade) && both.IsKilled(VenueActivity.Withdraw) && !both.IsKilled(VenueActivity.Data));
        Assert.True(one.IsKilled(VenueActivity.Withdraw) && !one.IsKilled(VenueActivity.Trade));
    }

    [Fact]
    public void Revived_trade_goes_on() => Then(
        Revive("They do again."), Revived,
        entry => Assert.Empty(entry.Kills), Killed);

    [Fact]
    public void What_was_never_killed_needs_no_revival() => Nothing(
        VenueEntryDecider.Decide(new ReviveVenue(Kraken, VenueActivity.Data, "Why not.", Noon), Given(Killed)));

    [Fact]
    public void Blank_is_no_reason() => Refused(Kill("   "), "words_missing", "reason");

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void What_everybody_reads_is_said_in_1_to_500_characters(int length, bool isSaid)
    {
        var words = new string('x', length);
        (string Field, Decision<VenueEntryEvent> Decision)[] decisions =
        [
            ("reason", Kill(words)), ("reason", Revive(words)),
            ("source", Correct(Nft with { Source = words })), ("evidence", Correct(Nft with { Evidence = words })),
            ("source", Correct(Fees with { Source = words })),
        ];

        foreach (var (field, decision) in decisions)
            if (isSaid)
                Assert.Single(Assert.IsType<Decision<VenueEntryEvent>.Accepted>(decision).Events);
            else
                Refused(decision, "words_missing", field);
    }

    [Fact]
    public void Nothing_is_decided_about_a_venue_that_nobody_knows()
    {
        var nowhere = VenueId.From("nowhere");

        Refused(VenueEntryDecider.Decide(new KillVenue(nowhere, VenueActivity.Trade, "So.", Noon), entry: null), "not_found");
        Refused(VenueEntryDecider.Decide(new ReviveVenue(nowhere, VenueActivity.Trade, "So.", Noon), entry: null), "not_found");
        Refused(VenueEntryDecider.Decide(new CorrectCapability(nowhere, Nft), entry: null), "not_found");
        Refused(VenueEntryDecider.Decide(new CorrectVenueFees(nowhere, Fees), entry: null), "not_found");
    }

    [Fact]
    public void Correction_stands_over_the_one_before()
    {
        var first = new CapabilityCorrected(Id, Kraken, Nft);
        var second = Nft with { Value = CapabilityValue.No, Evidence = "It was closed." };

        Then(Correct(Nft), first, entry => Assert.Equal([Nft], entry.Flags));
        Nothing(Correct(Nft, first));
        Then(Correct(second, first), new CapabilityCorrected(Id, Kraken, second), entry => Assert.Equal([second], entry.Flags), first);
    }

    [Fact]
    public void Correction_is_of_a_capability_that_there_is() =>
        Refused(Correct(Nft with { Flag = (Capability)31 }), "unknown_capability", "capability");

    [Fact]
    public void Corrected_fees_stand_until_others_do()
    {
        var first = new VenueFeesCorrected(Id, Kraken, Fees);

        Then(Correct(Fees), first, entry => Assert.Equal(Fees, entry.Fees));
        Nothing(Correct(Fees, first));
        Then(
            Correct(Fees with { Maker = 0 }, first), new VenueFeesCorrected(Id, Kraken, Fees with { Maker = 0 }),
            entry => Assert.Equal(0, entry.Fees?.Maker), first);
    }

    [Theory]
    [InlineData("0.1", true)]
    [InlineData("-0.1", true)]
    [InlineData("0.1001", false)]
    [InlineData("-0.1001", false)]
    public void Fees_and_rebates_are_a_tenth_at_most(string fraction, bool isFee)
    {
        var fee = decimal.Parse(fraction, CultureInfo.InvariantCulture);
        var (maker, taker) = (Correct(Fees with { Maker = fee }), Correct(Fees with { Taker = fee }));

        if (isFee)
            Assert.All([maker, taker], decision => Assert.IsType<Decision<VenueEntryEvent>.Accepted>(decision));
        else
        {
            Refused(maker, "fee_out_of_range", "maker");
            Refused(taker, "fee_out_of_range", "taker");
        }
    }

    [Fact]
    public void Who_wants_to_trade_where_it_is_killed_is_told_so() => Assert.Equal("venue_killed", VenueKill.TradingKilled.Code);

    private static Decision<VenueEntryEvent> Kill(string reason = "Its fills do not add up.", params VenueEntryEvent[] past) =>
        VenueEntryDecider.Decide(new KillVenue(Kraken, VenueActivity.Trade, reason, Noon), Given(past));

    private static Decision<VenueEntryEvent> Revive(string reason) =>
        VenueEntryDecider.Decide(new ReviveVenue(Kraken, VenueActivity.Trade, reason, Noon.AddHours(1)), Given(Killed));

    private static Decision<VenueEntryEvent> Correct(CapabilityFlag flag, params VenueEntryEvent[] past) =>
        VenueEntryDecider.Decide(new CorrectCapability(Kraken, flag), Given(past));

    private static Decision<VenueEntryEvent> Correct(VenueFees fees, params VenueEntryEvent[] past) =>
        VenueEntryDecider.Decide(new CorrectVenueFees(Kraken, fees), Given(past));

    private static VenueEntry? Given(params VenueEntryEvent[] past) => past.Aggregate(default(VenueEntry), VenueEntry.Evolve);

    private static void Then(
        Decision<VenueEntryEvent> decision, VenueEntryEvent expected, Action<VenueEntry> check, params VenueEntryEvent[] past)
    {
        Assert.Equal([expected], Assert.IsType<Decision<VenueEntryEvent>.Accepted>(decision).Events);
        check(Given([.. past, expected])!);
    }

    private static void Nothing(Decision<VenueEntryEvent> decision) =>
        Assert.Empty(Assert.IsType<Decision<VenueEntryEvent>.Accepted>(decision).Events);

    private static void Refused(Decision<VenueEntryEvent> decision, string code, string? field = null)
    {
        var refusal = Assert.IsType<Decision<VenueEntryEvent>.Refused>(decision).Refusal;
        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }
}
