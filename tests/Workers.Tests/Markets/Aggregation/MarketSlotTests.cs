using Platform.Domain.Markets;
using Platform.Workers.Markets.Aggregation;

namespace Platform.Workers.Tests.Markets.Aggregation;

public sealed class MarketSlotTests
{
    [Theory]
    [InlineData("BTC-USDT")]
    [InlineData("BTC-USDT:PERPETUAL")]
    public void Market_is_in_the_slot_of_its_pair_with_a_slash(string market) => Assert.Equal(19547, MarketKey.From(market).Slot);

    [Fact]
    public void Longest_pair_has_a_slot() =>
        Assert.InRange(MarketKey.From("ABCDEFGHIJKLMNOPQRST-ABCDEFGHIJKLMNOPQRST").Slot, 1, 32_767);
}
