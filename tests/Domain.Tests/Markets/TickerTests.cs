using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets;

public sealed class TickerTests
{
    [Theory]
    [InlineData(80, 100, "25")]
    [InlineData(90, 60, "-33.333")]
    [InlineData(null, 60, null)]
    [InlineData(90, null, null)]
    public void Change_of_a_day_is_in_per_cent_of_its_open(int? open, int? last, string? percent)
    {
        Ticker ticker = new(
            Symbol.From("BTC-USDT"), Of(last), Bid: null, Quantity.Zero, Ask: null, Quantity.Zero, Of(open), High24h: null, Low24h: null,
            Quantity.Zero, Notional.Zero, DateTimeOffset.UnixEpoch);

        Assert.Equal(percent, ticker.Change24hPercent?.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Price? Of(int? price) => price is { } known ? Price.From(known) : null;
}
