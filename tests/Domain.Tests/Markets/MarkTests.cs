using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets;

public sealed class MarkTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<Symbol, Quote> quotes = [];

    [Fact]
    public void Asset_is_worth_one_of_itself() => Assert.Equal(1, Mark("XYZ", "XYZ"));

    [Fact]
    public void Direct_market_gives_the_middle_of_bid_and_ask()
    {
        Quoted("BTC-USDT", 63999, 64001);

        Assert.Equal(64000, Mark("BTC", "USDT"));
    }

    [Fact]
    public void Market_the_other_way_round_gives_the_inverse()
    {
        Quoted("BTC-USDT", 64000, 64000);

        Assert.Equal(0.000015625m, Mark("USDT", "BTC"));
    }

    [Theory]
    [InlineData("LINK-BTC", "BTC-USDT", "LINK", "USDT", 8)]
    [InlineData("LINK-USDT", "EUR-USDT", "LINK", "EUR", 2)]
    public void One_hop_is_enough(string first, string second, string asset, string reporting, int mark)
    {
        Quoted(first, 4, 4);
        Quoted(second, 2, 2);

        Assert.Equal(mark, Mark(asset, reporting));
    }

    [Fact]
    public void Two_hops_are_a_guess_and_give_nothing()
    {
        Quoted("LINK-BTC", 4, 4);
        Quoted("BTC-USDT", 2, 2);
        Quoted("EUR-USDT", 2, 2);

        Assert.Null(Mark("LINK", "EUR"));
    }

    [Fact]
    public void Old_quote_values_nothing()
    {
        Quoted("BTC-USDT", 1, 1, age: TimeSpan.FromSeconds(30));
        Assert.Equal(1, Mark("BTC", "USDT"));

        Quoted("BTC-USDT", 1, 1, age: TimeSpan.FromSeconds(30.001));
        Assert.Null(Mark("BTC", "USDT"));
    }

    [Fact]
    public void Market_with_an_empty_side_values_nothing()
    {
        quotes[Symbol.From("BTC-USDT")] = new(Price.From(1), Quantity.From(1), null, Quantity.Zero, Now);

        Assert.Null(Mark("BTC", "USDT"));
    }

    private void Quoted(string market, decimal bid, decimal ask, TimeSpan age = default) =>
        quotes[Symbol.From(market)] =
            new(Price.From(bid), Quantity.From(1), Price.From(ask), Quantity.From(1), Now - age);

    private decimal? Mark(string asset, string reporting) =>
        Marks.Mark(Asset.From(asset), Asset.From(reporting), quotes.GetValueOrDefault, Now);
}
