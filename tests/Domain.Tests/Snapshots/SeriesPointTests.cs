using Platform.Domain.Snapshots;

namespace Platform.Domain.Tests.Snapshots;

public sealed class SeriesPointTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Hour_without_a_sample_is_missing_and_one_that_is_still_to_come_is_pending() => Assert.Equal(
        [(null, SampleState.Missing, false), (5m, SampleState.Sampled, false), (null, SampleState.Missing, false), (null, SampleState.Pending, false)],
        Shown(SampleFill.None, before: null));

    [Fact]
    public void What_is_filled_is_the_value_before_and_says_so() => Assert.Equal(
        [(3m, SampleState.Missing, true), (5m, SampleState.Sampled, false), (5m, SampleState.Missing, true), (5m, SampleState.Pending, true)],
        Shown(SampleFill.Previous, Sample.Of(MergeLaw.Last, 3, Start.AddHours(-9))));

    [Fact]
    public void Before_the_first_sample_there_is_nothing_to_fill_with() =>
        Assert.Equal((null, SampleState.Missing, false), Shown(SampleFill.Previous, before: null)[0]);

    private static List<(decimal?, SampleState, bool)> Shown(SampleFill fill, Sample? before) =>
    [
        .. MergeLaw.Last.Points(
                Every.Hour, (Start, Start.AddHours(4)),
                new Dictionary<DateTimeOffset, (Sample, int)> { [Start.AddHours(1)] = (Sample.Of(MergeLaw.Last, 5, Start.AddHours(1)), 2) },
                fill, before, pendingFrom: Start.AddHours(3))
            .Select(point => (point.Value, point.State, point.IsFilled)),
    ];
}
