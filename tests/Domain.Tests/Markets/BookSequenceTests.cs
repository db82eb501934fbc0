using Platform.Domain.Markets;

namespace Platform.Domain.Tests.Markets;

/// <summary>Given a book that has come to 100, whether a difference follows, by each venue's way of counting.</summary>
public sealed class BookSequenceTests
{
    [Theory]
    [InlineData(false, 95, 99, BookStep.Skip)]
    [InlineData(false, 95, 100, BookStep.Skip)]
    [InlineData(false, 95, 105, BookStep.Apply)]
    [InlineData(false, 101, 105, BookStep.Apply)]
    [InlineData(false, 102, 105, BookStep.Gap)]
    [InlineData(true, 95, 100, BookStep.Skip)]
    [InlineData(true, 101, 105, BookStep.Apply)]
    [InlineData(true, 100, 105, BookStep.Gap)]
    [InlineData(true, 102, 105, BookStep.Gap)]
    public void Ranges_follow_without_a_hole(bool isJoined, long first, long last, BookStep expected) =>
        Assert.Equal(expected, BookSequence.Ranges.StepOf(Of(first, last).Numbers, 100, isJoined));

    [Theory]
    [InlineData(false, 90, 99, 89, BookStep.Skip)]
    [InlineData(false, 90, 100, 89, BookStep.Apply)]
    [InlineData(false, 90, 110, 89, BookStep.Apply)]
    [InlineData(false, 100, 110, 99, BookStep.Apply)]
    [InlineData(false, 101, 110, 100, BookStep.Gap)]
    [InlineData(true, 105, 110, 100, BookStep.Apply)]
    [InlineData(true, 105, 110, 99, BookStep.Gap)]
    [InlineData(true, 90, 100, 89, BookStep.Skip)]
    public void Ranges_that_name_the_one_before_follow_it(bool isJoined, long first, long last, long previous, BookStep expected) =>
        Assert.Equal(expected, BookSequence.RangesWithPrevious.StepOf(Of(first, last, previous).Numbers, 100, isJoined));

    [Theory]
    [InlineData(107, 100, BookStep.Apply)]
    [InlineData(100, 100, BookStep.Apply)]
    [InlineData(3, 100, BookStep.Apply)]
    [InlineData(107, 103, BookStep.Gap)]
    [InlineData(99, 97, BookStep.Skip)]
    [InlineData(100, 97, BookStep.Skip)]
    public void One_that_names_the_one_before_follows_it_even_when_numbers_begin_again(long last, long previous, BookStep expected) =>
        Assert.Equal(expected, BookSequence.Previous.StepOf(Of(last, last, previous).Numbers, 100, isJoined: true));

    [Theory]
    [InlineData(101, BookStep.Apply)]
    [InlineData(102, BookStep.Gap)]
    [InlineData(100, BookStep.Skip)]
    [InlineData(1, BookStep.Skip)]
    public void Numbers_that_rise_by_one_leave_none_out(long last, BookStep expected) =>
        Assert.Equal(expected, BookSequence.ByOne.StepOf(Of(last, last).Numbers, 100, isJoined: true));

    [Theory]
    [InlineData(99, BookStep.Skip)]
    [InlineData(100, BookStep.Apply)]
    [InlineData(900, BookStep.Apply)]
    public void Numbers_that_only_rise_tell_what_is_old(long last, BookStep expected) =>
        Assert.Equal(expected, BookSequence.Rising.StepOf(Of(last, last).Numbers, 100, isJoined: true));

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(150, true)]
    public void Snapshot_that_is_older_than_the_first_that_waits_is_not_joined_where_numbers_only_rise(long snapshot, bool reaches) =>
        Assert.Equal(reaches, BookSequence.Rising.Reaches(new(snapshot, [], []), Of(100, 100)));

    [Fact]
    public void Where_nothing_is_numbered_everything_follows() =>
        Assert.Equal(BookStep.Apply, BookSequence.None.StepOf(Of(0, 0).Numbers, 100, isJoined: true));

    private static DepthDifference Of(long first, long last, long? previous = null) => new(first, last, [], [], previous);
}
