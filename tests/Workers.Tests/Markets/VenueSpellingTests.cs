using Platform.Domain.Markets;
using Platform.Workers.Markets.Import;

namespace Platform.Workers.Tests.Markets;

public sealed class VenueSpellingTests
{
    [Theory]
    [InlineData("BTCUSDT", "BTC-USDT")]
    [InlineData("btcbusd", "BTC-BUSD")]
    [InlineData("XBTUSD", "BTC-USD")]
    [InlineData("BNBUSD", "BNB-USD")]
    [InlineData("DOTUSD", "DOT-USD")]
    [InlineData("XRPETH", "XRP-ETH")]
    [InlineData("BCHEUR", "BCH-EUR")]
    [InlineData("1000PEPEUSDT", "1000PEPE-USDT")]
    [InlineData("WIFFDUSD", "WIF-FDUSD")]
    public void Market_is_what_the_venue_means(string symbol, string market) =>
        Assert.Equal(market, VenueSpelling.MarketOf(symbol, InstrumentKind.Spot)?.Value);

    [Theory]
    [InlineData("USDT")]
    [InlineData("BTCUSDT_230331")]
    [InlineData("XYZTUSD")]
    [InlineData("")]
    [InlineData(null)]
    public void What_cannot_be_told_is_not_guessed(string? symbol) => Assert.Null(VenueSpelling.MarketOf(symbol, InstrumentKind.Spot));
}
