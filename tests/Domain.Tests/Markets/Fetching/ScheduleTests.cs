using Platform.Domain.Markets.Fetching;

namespace Platform.Domain.Tests.Markets.Fetching;

public sealed class ScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly FetchSchedule Hourly = FetchSchedule.Every(TimeSpan.FromHours(1));

    [Theory]
    [InlineData(0, 60)]
    [InlineData(1, 66)]
    public void Success_is_followed_after_the_interval_and_up_to_a_tenth_of_it(int spread, int minutes) =>
        Assert.Equal(Now.AddMinutes(minutes), Hourly.After(Now, spread));

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(5, 480)]
    [InlineData(50, 3600)]
    public void Failures_are_followed_twice_as_late_each_time_but_no_later_than_a_success(int failures, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), Hourly.AfterFailure(Now, failures, notBefore: null, spread: 0));

    [Fact]
    public void Fast_fetcher_that_fails_is_not_asked_faster_than_every_half_minute() => Assert.Equal(
        Now.AddSeconds(30), FetchSchedule.Every(TimeSpan.FromSeconds(1)).AfterFailure(Now, 9, notBefore: null, spread: 0));

    [Theory]
    [InlineData(1, 30)]
    [InlineData(30, 30)]
    [InlineData(31, 31)]
    [InlineData(28_800, 28_800)]
    public void Source_that_says_when_it_may_be_asked_again_is_believed_where_that_is_later(int told, int seconds) => Assert.Equal(
        Now.AddSeconds(seconds), Hourly.AfterFailure(Now, 1, notBefore: Now.AddSeconds(told), spread: 0));

    [Fact]
    public void Failure_is_followed_up_to_a_tenth_of_the_wait_later_than_need_be()
    {
        Assert.Equal(Now.AddSeconds(33), Hourly.AfterFailure(Now, 1, notBefore: null, spread: 1));
        Assert.Equal(Now.AddSeconds(103), Hourly.AfterFailure(Now, 1, notBefore: Now.AddSeconds(100), spread: 1));
    }

    [Fact]
    public void Rare_fetcher_that_fails_is_asked_again_within_six_hours() => Assert.Equal(
        Now.AddHours(6), FetchSchedule.Every(TimeSpan.FromDays(7)).AfterFailure(Now, 50, notBefore: null, spread: 0));

    [Theory]
    [InlineData("macro.bonds@fred/DGS10", true)]
    [InlineData("macro.bonds", true)]
    [InlineData("macro.*", true)]
    [InlineData("macro.bonds@fred/*", true)]
    [InlineData("*@fred/DGS10", true)]
    [InlineData("*", true)]
    [InlineData("macro", false)]
    [InlineData("macro.bonds@ecb/*", false)]
    [InlineData("macro.bonds@fred@x", false)]
    public void Operator_means_a_fetcher_by_its_id_or_type_with_a_star_at_an_end(string pattern, bool isMeant) =>
        Assert.Equal(isMeant, FetcherId.From("macro.bonds@fred/DGS10").IsMeantBy(pattern));

    [Theory]
    [InlineData("macro.bonds")]
    [InlineData("@fred")]
    [InlineData("a@b@c")]
    [InlineData("a b@c")]
    public void Fetcher_is_a_type_and_a_source(string text) => Assert.Throws<ArgumentException>(() => FetcherId.From(text));

    [Fact]
    public void Fetcher_has_120_characters_at_most()
    {
        var longest = new string('s', 118);

        Assert.Equal(("t", longest), (FetcherId.Of("t", longest).Type, FetcherId.Of("t", longest).Source));
        Assert.Throws<ArgumentException>(() => FetcherId.Of("t", longest + "s"));
    }
}
