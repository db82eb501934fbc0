using CsCheck;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Heatmap;

namespace Platform.Domain.Tests.Markets.Heatmap;

public sealed class AssetPastTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Price_of_then_is_the_last_one_before_its_step_and_not_much_older() =>
        Gen.Select(Gen.Int[0, 300].Array[0, 60], Gen.Int[0, 320]).Sample((seconds, asked) =>
        {
            var ring = new PriceRing(TimeSpan.FromSeconds(2), slots: 10);
            foreach (var second in seconds)
                ring.Record(Noon.AddSeconds(second), second + 1);

            var (step, newest) = (asked / 2, seconds.Length == 0 ? -1 : seconds.Max() / 2);
            var expected = Enumerable.Range(1, 3).Select(back => step - back).Where(index => index >= 0 && index > newest - 10)
                .Select(index => seconds.Where(second => second / 2 == index).Cast<int?>().LastOrDefault(second => IsKept(seconds, second!.Value)))
                .FirstOrDefault(second => second is not null);

            if (asked <= 10 * 2 * 15 && seconds.SequenceEqual(seconds.Order()))
                Assert.Equal(expected + 1, ring.Before(Noon.AddSeconds(asked)));
        });

    [Theory]
    [InlineData(HeatmapWindow.Now)]
    [InlineData(HeatmapWindow.Hour)]
    [InlineData(HeatmapWindow.Day)]
    [InlineData(HeatmapWindow.Week)]
    [InlineData(HeatmapWindow.Month)]
    public void Window_looks_as_far_back_as_it_says(HeatmapWindow window)
    {
        AssetPast past = new();
        var midnight = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var then = midnight - AssetPast.LengthOf(window);
        past.Record(then.AddSeconds(-1), 100);
        past.Record(then.AddSeconds(window is HeatmapWindow.Now ? 2 : 1), 200);

        Assert.Equal(100, past.Before(window, midnight));
    }

    [Fact]
    public void Nothing_is_made_up_of_a_time_of_which_nothing_is_known()
    {
        AssetPast past = new();
        past.Record(Noon, 100);

        Assert.All(Enum.GetValues<HeatmapWindow>(), window => Assert.Null(past.Before(window, Noon)));
    }

    [Theory]
    [InlineData(BarLevel.Minute, HeatmapWindow.Hour)]
    [InlineData(BarLevel.Hour, HeatmapWindow.Day)]
    [InlineData(BarLevel.Day, HeatmapWindow.Week)]
    [InlineData(BarLevel.Day, HeatmapWindow.Month)]
    public void Stored_bar_that_closed_then_is_the_price_of_then(BarLevel level, HeatmapWindow window)
    {
        AssetPast past = new();
        var first = level.StartOf(Noon - AssetPast.BackOf(level));
        for (var start = first; start < Noon; start += level.Length)
            past.Restore(level, start, (start - first).Ticks);

        var then = level.StartOf(Noon - AssetPast.LengthOf(window)) - level.Length;
        Assert.Equal((then - first).Ticks, past.Before(window, Noon));
    }

    private static bool IsKept(int[] seconds, int second) => seconds.All(other => other / 2 - second / 2 < 10 || other / 2 % 10 != second / 2 % 10);
}
