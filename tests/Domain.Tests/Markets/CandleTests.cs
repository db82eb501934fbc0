using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets;

public sealed class CandleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Hole_is_filled_with_the_close_before_it_and_marked()
    {
        var filled = Candles.FillForward([At(0, close: 5), At(3, close: 7)], CandleInterval.OneMinute, limit: 10);

        Assert.Equal([0, 1, 2, 3], filled.Select(candle => (candle.OpenTime - Noon).TotalMinutes));
        Assert.Equal([false, true, true, false], filled.Select(candle => candle.IsFilledForward));
        Assert.Equal(
            new Candle(Noon.AddMinutes(1), Five, Five, Five, Five, Quantity.Zero, IsFilledForward: true), filled[1]);
    }

    [Fact]
    public void Long_silence_gives_no_more_bars_than_asked()
    {
        var filled = Candles.FillForward([At(0, close: 5), At(1_000_000, close: 7)], CandleInterval.OneMinute, limit: 3);

        Assert.Equal([true, true, false], filled.Select(candle => candle.IsFilledForward));
    }

    [Fact]
    public void Latest_bars_are_kept_when_there_are_more_than_asked() =>
        Assert.Equal(
            [At(1, 2), At(2, 3)],
            Candles.FillForward([At(0, 1), At(1, 2), At(2, 3)], CandleInterval.OneMinute, limit: 2));

    [Fact]
    public void No_bars_are_made_of_none() =>
        Assert.Empty(Candles.FillForward([], CandleInterval.OneDay, limit: 10));

    [Theory]
    [InlineData("1m", 1)]
    [InlineData("5m", 5)]
    [InlineData("15m", 15)]
    [InlineData("1h", 60)]
    [InlineData("4h", 240)]
    [InlineData("1d", 1440)]
    public void Interval_is_known_by_its_code(string code, int minutes)
    {
        var interval = Candles.IntervalOf(code);

        Assert.Equal(TimeSpan.FromMinutes(minutes), interval?.Length);
        Assert.Equal(code, interval?.Code);
    }

    [Fact]
    public void Other_codes_are_no_interval() => Assert.Null(Candles.IntervalOf("3m"));

    private static Price Five => Price.From(5);

    private static Candle At(int minute, decimal close) => new(
        Noon.AddMinutes(minute), Price.From(close), Price.From(close), Price.From(close), Price.From(close),
        Quantity.From(1));
}
