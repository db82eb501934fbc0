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
    public void Revived_trade_goes_on() => Then(
        VenueEntryDecider.Decide(new ReviveVenue(Kraken, VenueActivity.Trade, "They do again.", Noon.AddHours(1)), Given(Killed)), Revived,
        entry => Assert.Empty(entry.Kills), Killed);

    [Fact]
    public void What_was_never_killed_needs_no_revival() => Nothing(
        VenueEntryDecider.Decide(new ReviveVenue(Kraken, VenueActivity.Data, "Why not.", Noon), Given(Killed)));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void Nobody_kills_without_saying_why(string reason) => Refused(Kill(reason), "words_missing", "reason");

    [Fact]
    public void Venue_that_nobody_knows_cannot_be_killed() => Refused(
        VenueEntryDecider.Decide(new KillVenue(VenueId.From("nowhere"), VenueActivity.Trade, "So.", Noon), entry: null), "not_found");

    [Fact]
    public void Correction_stands_over_the_one_before()
    {
        var first = new CapabilityCorrected(Id, Kraken, Nft);
        var second = Nft with { Value = CapabilityValue.No, Evidence = "It was closed." };

        Then(VenueEntryDecider.Decide(new CorrectCapability(Kraken, Nft), entry: null), first, entry => Assert.Equal([Nft], entry.Flags));
        Nothing(VenueEntryDecider.Decide(new CorrectCapability(Kraken, Nft), Given(first)));
        Then(
            VenueEntryDecider.Decide(new CorrectCapability(Kraken, second), Given(first)), new CapabilityCorrected(Id, Kraken, second),
            entry => Assert.Equal([second], entry.Flags), first);
    }

    [Fact]
    public void Correction_has_a_source_evidence_and_a_capability_that_there_is()
    {
        Refused(VenueEntryDecider.Decide(new CorrectCapability(Kraken, Nft with { Source = "" }), null), "words_missing", "source");
        Refused(VenueEntryDecider.Decide(new CorrectCapability(Kraken, Nft with { Evidence = new('x', 501) }), null), "words_missing", "evidence");
        Refused(VenueEntryDecider.Decide(new CorrectCapability(Kraken, Nft with { Flag = (Capability)31 }), null), "unknown_capability", "capability");
    }

    [Fact]
    public void Corrected_fees_are_fractions()
    {
        Then(VenueEntryDecider.Decide(new CorrectVenueFees(Kraken, Fees), null), new VenueFeesCorrected(Id, Kraken, Fees), entry => Assert.Equal(Fees, entry.Fees));
        Refused(VenueEntryDecider.Decide(new CorrectVenueFees(Kraken, Fees with { Maker = 25 }), null), "fee_out_of_range", "maker");
        Refused(VenueEntryDecider.Decide(new CorrectVenueFees(Kraken, Fees with { Taker = -0.2m }), null), "fee_out_of_range", "taker");
    }

    [Fact]
    public void Who_wants_to_trade_where_it_is_killed_is_told_so() => Assert.Equal("venue_killed", VenueKill.TradingKilled.Code);

    private static Decision<VenueEntryEvent> Kill(string reason = "Its fills do not add up.", params VenueEntryEvent[] past) =>
        VenueEntryDecider.Decide(new KillVenue(Kraken, VenueActivity.Trade, reason, Noon), Given(past));

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
