using CsCheck;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets;

public sealed class BarsTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Bar[]> Minutes = Gen.Select(Gen.Int[1, 500], Gen.Int[1, 90], Gen.Int[0, 200], Gen.Bool, (low, height, volume, isEmpty) =>
        isEmpty
            ? Bar.Empty(Start)
            : new Bar(
                Start, Prices(low + (height / 3), low + height, low, low + (height / 2)), Quantity.From(volume), Notional.From(volume * low),
                Trades: 1 + volume, BarState.Traded))
        .Array[0, 3000].Select(bars => bars.Select((bar, minute) => bar with { Start = Start.AddMinutes(minute) }).ToArray());

    [Fact]
    public void Hours_of_minutes_and_days_of_hours_are_the_days_of_minutes() => Minutes.Sample(minutes =>
    {
        var day = Bars.RollUp(minutes, Timeframe.From("1440m"));
        var overHours = Bars.RollUp(Bars.RollUp(minutes, Timeframe.From("60m")), Timeframe.From("24h"));

        Assert.Equal(day.Where(bar => bar.Prices is not null), overHours.Where(bar => bar.Prices is not null));
    }, iter: 50);

    [Fact]
    public void Longer_bar_is_what_a_look_at_all_its_trades_says() => Minutes.Sample(minutes =>
    {
        foreach (var bar in Bars.RollUp(minutes, Timeframe.From("7m")))
        {
            var within = minutes.Where(minute => minute.Start >= bar.Start && minute.Start < bar.Start.AddMinutes(7)).ToList();
            var traded = within.Where(minute => minute.Prices is not null).ToList();

            Assert.Equal(within.Sum(minute => minute.Volume.Value), bar.Volume.Value);
            Assert.Equal(traded.Count > 0 ? traded[0].Prices!.Value.Open : null, bar.Prices?.Open);
            Assert.Equal(traded.Count > 0 ? traded[^1].Prices!.Value.Close : null, bar.Prices?.Close);
            Assert.Equal(traded.Count > 0 ? traded.Max(minute => minute.Prices!.Value.High.Value) : null, bar.Prices?.High.Value);
            Assert.Equal(traded.Count > 0 ? traded.Min(minute => minute.Prices!.Value.Low.Value) : null, bar.Prices?.Low.Value);
            Assert.Equal(bar.State is BarState.Missing ? null : traded.Sum(minute => minute.Trades), bar.Trades);
        }
    }, iter: 50);

    [Fact]
    public void Emptiness_is_not_proved_by_some_of_the_minutes()
    {
        var empty = Bar.Empty(Start);

        Assert.Equal(BarState.Missing, Assert.Single(Bars.RollUp([empty], Timeframe.From("2m"))).State);
        Assert.Equal(
            BarState.Empty, Assert.Single(Bars.RollUp([empty, empty with { Start = Start.AddMinutes(1) }], Timeframe.From("2m"))).State);
    }

    [Fact]
    public void Bar_that_lacks_a_minute_is_partial_and_one_that_lacks_a_second_is_not()
    {
        Assert.Equal(BarState.Partial, Assert.Single(Bars.RollUp([Traded(0)], Timeframe.From("2m"))).State);
        Assert.Equal(
            BarState.Traded, Assert.Single(Bars.RollUp([Traded(0), Bar.Empty(Start.AddMinutes(1))], Timeframe.From("2m"))).State);
        Assert.Equal(BarState.Traded, Assert.Single(Bars.RollUp([Traded(0)], Timeframe.From("90s"))).State);
    }

    [Fact]
    public void Bars_of_trades_say_what_each_of_them_said()
    {
        PublicTrade[] trades = [Trade(1, 100, 2, 0.1), Trade(2, 90, 1, 0.9), Trade(3, 110, 4, 2.5), Trade(4, 95, 1, 2.6)];

        Assert.Equal(
            [
                new(Start, Prices(100, 100, 90, 90), Quantity.From(3), Notional.From(290), Trades: 2, BarState.Healed),
                new(Start.AddSeconds(2), Prices(110, 110, 95, 95), Quantity.From(5), Notional.From(535), Trades: 2, BarState.Healed),
            ],
            Bars.OfTrades(trades, BarLevel.Second, BarState.Healed));

        static PublicTrade Trade(long id, int price, int quantity, double second) =>
            new(id, Price.From(price), Quantity.From(quantity), TakerSide.Buy, Start.AddSeconds(second));
    }

    [Theory]
    [InlineData(BarState.Traded, BarState.Partial, BarState.Partial)]
    [InlineData(BarState.Partial, BarState.Traded, BarState.Partial)]
    [InlineData(BarState.Healed, BarState.Traded, BarState.Healed)]
    [InlineData(BarState.Traded, BarState.Healed, BarState.Healed)]
    public void Longer_bar_is_as_sure_as_the_least_sure_of_its_parts_and_as_often_revised_as_all(BarState one, BarState other, BarState expected)
    {
        var bar = Assert.Single(Bars.RollUp(
            [Traded(0) with { State = one, Revision = 1 }, Traded(1) with { State = other, Revision = 2 }], Timeframe.From("2m")));

        Assert.Equal((expected, 3), (bar.State, bar.Revision));
    }

    [Fact]
    public void Better_bars_stand_in_place_of_others_oldest_first()
    {
        var better = Traded(1) with { Revision = 7 };

        Assert.Equal([Traded(0), better, Traded(2)], new[] { Traded(2), Traded(0), Traded(1) }.Under([better]));
    }

    [Fact]
    public void Hole_is_filled_with_the_close_right_before_it()
    {
        Bar[] known = [Traded(0), Traded(1) with { Prices = Prices(20, 22, 19, 21) }, Traded(3)];

        var shown = Bars.Fill(known, Timeframe.OneMinute, Start, Start.AddMinutes(5), BarFill.Prev, before: Price.From(1));

        Assert.Equal([12m, 21, 21, 12, 12], shown.Select(bar => bar.Bar.Prices!.Value.Close.Value));
    }

    [Fact]
    public void Sum_over_a_bar_that_does_not_say_is_not_said()
    {
        var silent = Traded(0) with { QuoteVolume = null };

        Assert.Null(Assert.Single(Bars.RollUp([silent, Traded(1)], Timeframe.From("2m"))).QuoteVolume);
    }

    [Theory]
    [InlineData(BarFill.None, false, null)]
    [InlineData(BarFill.Prev, true, 12)]
    [InlineData(BarFill.Zero, true, null)]
    public void Hole_is_said_and_filled_only_as_asked(BarFill fill, bool isFilled, int? close)
    {
        var shown = Bars.Fill([Traded(0), Traded(2)], Timeframe.OneMinute, Start, Start.AddMinutes(3), fill, before: null).ToList();

        Assert.Equal(3, shown.Count);
        Assert.Equal([false, isFilled, false], shown.Select(bar => bar.IsFilled));
        Assert.Equal(BarState.Missing, shown[1].Bar.State);
        Assert.Equal(close, shown[1].Bar.Prices?.Close.Value);
    }

    private static Bar Traded(int minute) => new(
        Start.AddMinutes(minute), Prices(11, 13, 10, 12), Quantity.From(1), Notional.From(12), Trades: 1, BarState.Traded);

    private static BarPrices Prices(int open, int high, int low, int close) =>
        new(Price.From(open), Price.From(high), Price.From(low), Price.From(close));
}
