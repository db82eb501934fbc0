using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Tests.Support;

namespace Platform.Domain.Tests.Markets.Registry;

public sealed class VenuesTests
{
    [Fact]
    public void Twelve_venues_and_the_paper_venue_are_known() => Assert.Equal(
        ["binance", "binance-futures", "bitfinex", "bitstamp", "bybit", "coinbase", "gate", "gemini", "kraken", "kraken-futures", "kucoin", "okx", "paper"],
        Venues.All.Select(venue => venue.Id.Value));

    [Fact]
    public void Each_answers_all_thirty_questions_once_and_says_where_from() => Assert.All(Venues.All, venue =>
    {
        Assert.Equal(Enum.GetValues<Capability>().Order(), venue.Capabilities.Select(flag => flag.Flag).Order());
        Assert.Equal(30, venue.Capabilities.Count);
        Assert.All(venue.Capabilities, flag => Assert.True(flag.Source.Length > 0 && flag.Evidence.Length > 0 && flag.At.Year >= 2026));
    });

    [Theory]
    [InlineData(CapabilityGroup.Products, 12)]
    [InlineData(CapabilityGroup.MoneyInAndOut, 8)]
    [InlineData(CapabilityGroup.OrderFeatures, 7)]
    [InlineData(CapabilityGroup.Access, 3)]
    public void Questions_are_of_four_kinds(CapabilityGroup group, int count) =>
        Assert.Equal(count, Enum.GetValues<Capability>().Count(capability => capability.Group == group));

    [Fact]
    public void What_nobody_says_is_unknown_and_not_no() => Assert.All(
        Venues.All.Where(venue => venue.Id != VenueId.From("paper")),
        venue => Assert.Equal(CapabilityValue.Unknown, Assert.Single(venue.Capabilities, flag => flag.Flag is Capability.CardDeposit).Value));

    [Fact]
    public void Part_of_an_exchange_is_not_said_to_have_what_the_other_part_has()
    {
        var (spot, futures) = (Venues.Find(VenueId.From("binance"))!, Venues.Find(VenueId.From("binance-futures"))!);

        Assert.Equal(
            [Capability.PerpetualSwap, Capability.DatedFutures, Capability.StopOrders, Capability.PostOnly, Capability.TrailingStop,
                Capability.CancelAllAfter, Capability.UserStream, Capability.TestNetwork],
            futures.Capabilities.Where(flag => flag.Value is CapabilityValue.Yes).Select(flag => flag.Flag));
        Assert.Equal([Capability.Spot, Capability.Margin], futures.Capabilities.Where(flag => flag.Value is CapabilityValue.No).Select(flag => flag.Flag));
        Assert.Empty(futures.Chains);
        Assert.NotEqual(spot.Fees.Taker, futures.Fees.Taker);
    }

    [Fact]
    public void Paper_venue_has_no_website() => Assert.Null(Venues.Find(VenueId.From("paper"))!.Website);

    [Fact]
    public void Countries_and_chains_are_those_of_the_registry() => Assert.All(Venues.All, venue =>
    {
        Assert.All(venue.Countries, country => Assert.NotNull(Countries.Find(country)));
        Assert.All(venue.Chains, chain => Assert.NotNull(Chains.Find(chain.Chain)));
    });

    [Fact]
    public void Fees_are_fractions() => Assert.All(Venues.All, venue => Assert.True(
        venue.Fees is { Maker: >= 0 and < 0.02m, Taker: > 0 and < 0.02m } && venue.RateLimit.MillisecondsPerRequest > 0));

    [Fact, Reads("ccxt/exchange-capabilities.json")]
    public void Flags_are_what_a_copy_of_the_source_says()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(RecordedMarketData.Path("ccxt", "exchange-capabilities.json")));
        (Capability Flag, string Has)[] plain =
        [
            (Capability.Spot, "spot"), (Capability.Margin, "margin"), (Capability.PerpetualSwap, "swap"), (Capability.DatedFutures, "future"),
            (Capability.Options, "option"), (Capability.InstantConvert, "createConvertTrade"), (Capability.CryptoWithdraw, "withdraw"),
            (Capability.InternalTransfer, "transfer"), (Capability.PostOnly, "createPostOnlyOrder"), (Capability.ReduceOnly, "createReduceOnlyOrder"),
        ];

        foreach (var venue in Venues.All.Where(venue => file.RootElement.TryGetProperty(venue.Id.Value, out _)))
            Assert.All(plain, question => Assert.Equal(
                Said(file.RootElement.GetProperty(venue.Id.Value).GetProperty("has"), question.Has),
                venue.Capabilities.Single(flag => flag.Flag == question.Flag).Value));
    }

    private static CapabilityValue Said(JsonElement has, string name) => has.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.True => CapabilityValue.Yes,
            JsonValueKind.False => CapabilityValue.No,
            JsonValueKind.String => CapabilityValue.Emulated,
            _ => CapabilityValue.Unknown,
        }
        : CapabilityValue.Unknown;
}
