using Platform.Domain.Markets.Fetching;
using Platform.Domain.Markets.Heatmap;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets.Heatmap;

public sealed class SuppliesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Supply_of_an_asset_is_the_latest_that_was_counted()
    {
        var known = Supplies.Of([Fact("1", "USDC", 50, Noon), Fact("1", "USDC", 60, Noon.AddHours(1)), Fact("2", "DAI", 7, Noon)], "a source");

        Assert.Equal(new SupplyFact(60, "a source", Noon.AddHours(1)), known[Asset.From("USDC")]);
        Assert.Equal(7, known[Asset.From("DAI")].Circulating);
    }

    [Fact]
    public void Two_coins_of_one_name_are_no_supply_and_neither_is_what_cannot_be_named() =>
        Assert.Empty(Supplies.Of(
            [Fact("1", "USDX", 50, Noon), Fact("2", "USDX", 60, Noon), Fact("3", "币", 7, Noon), Fact("4", "NONE", 0, Noon),
                new("chain/x", Noon, Noon, new LockedValue("x", 1))], "a source"));

    private static Fact Fact(string coin, string symbol, decimal circulating, DateTimeOffset at) =>
        new($"stablecoin/{coin}", at, at, new StablecoinSupply(symbol, "peggedUSD", circulating, Price: null));
}
