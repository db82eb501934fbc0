using Platform.Domain.Markets.Heatmap;

namespace Platform.Domain.Tests.Markets.Heatmap;

public sealed class BitcoinSupplyTests
{
    // 840,000 is the height of the halving of 2024-04-20, behind which 19,687,500 had been issued; all there will ever be is 20,999,999.9769.
    [Theory]
    [InlineData(0, "50")]
    [InlineData(209_999, "10500000")]
    [InlineData(210_000, "10500025")]
    [InlineData(839_999, "19687500")]
    [InlineData(840_000, "19687503.125")]
    [InlineData(6_929_999, "20999999.9769")]
    [InlineData(10_000_000, "20999999.9769")]
    public void Supply_follows_from_the_height(long height, string supply) =>
        Assert.Equal(decimal.Parse(supply, System.Globalization.CultureInfo.InvariantCulture), BitcoinSupply.At(height));

    [Fact]
    public void Height_below_the_first_block_is_none() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BitcoinSupply.At(-1));
}
