using Platform.Domain.Markets;

namespace Platform.Domain.Tests.Markets;

public sealed class TimeframeTests
{
    [Theory]
    [InlineData("1s", "2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59Z", "2024-03-01T00:00:00Z")]
    [InlineData("5m", "2024-02-29T23:59:59Z", "2024-02-29T23:55:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("4h", "2024-02-29T23:59:59Z", "2024-02-29T20:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("1d", "2024-02-29T23:59:59Z", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("1w", "2024-03-03T23:59:59Z", "2024-02-26T00:00:00Z", "2024-03-04T00:00:00Z")]
    [InlineData("1w", "2024-03-04T00:00:00Z", "2024-03-04T00:00:00Z", "2024-03-11T00:00:00Z")]
    [InlineData("1M", "2024-02-29T23:59:59Z", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("1M", "2023-12-31T23:59:59Z", "2023-12-01T00:00:00Z", "2024-01-01T00:00:00Z")]
    [InlineData("1d", "2024-03-01T05:00:00+09:00", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("1w", "1969-12-28T00:00:00Z", "1969-12-22T00:00:00Z", "1969-12-29T00:00:00Z")]
    public void Bar_starts_where_the_calendar_says_and_ends_where_the_next_one_starts(string code, string at, string start, string next)
    {
        var timeframe = Timeframe.From(code);

        Assert.Equal(Time(start), timeframe.StartOf(Time(at)));
        Assert.Equal(Time(next), timeframe.Step(Time(start), 1));
        Assert.Equal(Time(start), timeframe.Step(Time(next), -1));
    }

    [Theory]
    [InlineData("1s", BarLevel.Second)]
    [InlineData("90s", BarLevel.Second)]
    [InlineData("120s", BarLevel.Minute)]
    [InlineData("7m", BarLevel.Minute)]
    [InlineData("15m", BarLevel.FiveMinutes)]
    [InlineData("90m", BarLevel.FiveMinutes)]
    [InlineData("4h", BarLevel.Hour)]
    [InlineData("1d", BarLevel.Day)]
    [InlineData("1w", BarLevel.Day)]
    [InlineData("1M", BarLevel.Day)]
    public void Bars_are_made_of_the_longest_that_fit(string code, BarLevel expected) =>
        Assert.Equal(expected, Timeframe.From(code).Base);

    [Fact]
    public void Stored_bars_are_rolled_up_into_the_next_longer_ones() => Assert.Equal(
        [BarLevel.Minute, BarLevel.FiveMinutes, BarLevel.Hour, BarLevel.Day, null],
        Enum.GetValues<BarLevel>().OrderBy(level => level.Length).Select(level => level.Parent));

    [Theory]
    [InlineData("7m", 7 * 60)]
    [InlineData("1w", 7 * 24 * 3600)]
    [InlineData("1M", 31 * 24 * 3600)]
    [InlineData("31d", 31 * 24 * 3600)]
    public void Longest_bar_is_as_long_as_its_timeframe_may_be(string code, int seconds)
    {
        var timeframe = Timeframe.From(code);

        Assert.Equal((code, TimeSpan.FromSeconds(seconds)), (timeframe.Code, timeframe.LengthMax));
        Assert.Equal(timeframe.LengthMax, timeframe.Base.Length * timeframe.BaseBarsMax);
    }

    [Fact]
    public void Several_days_are_counted_from_the_epoch_and_several_bars_are_stepped_at_once()
    {
        Assert.Equal(Time("1970-01-01T00:00:00Z"), Timeframe.From("3d").StartOf(Time("1970-01-03T12:00:00Z")));
        Assert.Equal(Time("2024-03-01T00:15:00Z"), Timeframe.From("5m").Step(Time("2024-03-01T00:00:00Z"), 3));
        Assert.Equal(Time("2024-04-01T00:00:00Z"), Timeframe.From("1M").Step(Time("2024-01-01T00:00:00Z"), 3));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0m")]
    [InlineData("01m")]
    [InlineData("1y")]
    [InlineData("2M")]
    [InlineData("5w")]
    [InlineData("32d")]
    [InlineData("9999999h")]
    [InlineData("1 m")]
    [InlineData("-1m")]
    public void What_is_no_timeframe_up_to_a_month_is_refused(string code) => Assert.False(Timeframe.TryFrom(code, out _));

    [Theory]
    [InlineData("BTC-USDT", InstrumentKind.Spot)]
    [InlineData("BTC-USDT:PERPETUAL", InstrumentKind.Perpetual)]
    public void Market_is_spelled_in_one_way(string text, InstrumentKind kind)
    {
        Assert.Equal(kind, MarketKey.From(text).Kind);
        Assert.Equal(text, MarketKey.From(text).Value);
    }

    [Theory]
    [InlineData("BTC-USDT:SPOT")]
    [InlineData("BTC-USDT:perpetual")]
    [InlineData("BTC-USDT:")]
    [InlineData("BTCUSDT")]
    [InlineData(null)]
    public void Market_that_is_spelled_otherwise_is_none(string? text) => Assert.False(MarketKey.TryFrom(text, out _));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
