using System.Globalization;
using Platform.Domain.Markets.Fetching;

namespace Platform.Domain.Tests.Markets.Fetching;

public sealed class GapRuleTests
{
    public static TheoryData<GapStep, string, string, string?> Pairs => new()
    {
        { GapStep.Weekday, "2026-11-20", "2026-11-23", null }, // Friday, Monday
        { GapStep.Weekday, "2026-11-20", "2026-11-24", "2026-11-23" },
        { GapStep.Weekday, "2026-11-17", "2026-11-19", "2026-11-18" },
        { GapStep.Weekday, "2026-11-21", "2026-11-23", null }, // a Saturday is followed by Monday too
        { GapStep.Month, "2026-01-01", "2026-02-01", null },
        { GapStep.Month, "2026-01-01", "2026-03-01", "2026-02-01" },
        { GapStep.Quarter, "2026-01-01", "2026-04-01", null },
        { GapStep.Quarter, "2026-01-01", "2026-10-01", "2026-04-01" },
        { GapStep.None, "2026-01-01", "2036-01-01", null },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Gap_is_from_the_first_date_missing_to_the_next_that_is_there(GapStep step, string at, string next, string? from)
    {
        var rule = new GapRule(step, TimeSpan.Zero);

        var gap = rule.Between(Day(at), Day(next));

        Assert.Equal(from is null ? null : (Day(from), Day(next)), gap);
    }

    [Fact]
    public void Dates_of_which_none_is_missing_are_sometimes_as_near_as_the_shortest_and_never_nearer()
    {
        var (day, days) = (Day("2026-01-01"), Enumerable.Range(0, 4 * 365));
        GapRule[] rules = [GapRule.Each(TimeSpan.FromMinutes(3)), GapRule.Weekdays, GapRule.Months, GapRule.Quarters];

        Assert.All(rules, rule => Assert.Equal(rule.Shortest, days.Min(number => rule.After(day.AddDays(number)) - day.AddDays(number))));
    }

    [Fact]
    public void Samples_may_be_as_far_apart_as_the_rule_says_and_no_further()
    {
        var rule = GapRule.Each(TimeSpan.FromMinutes(3));
        var at = Day("2026-11-23");

        Assert.Null(rule.Between(at, at.AddMinutes(3)));
        Assert.Equal((at.AddMinutes(3), at.AddMinutes(4)), rule.Between(at, at.AddMinutes(4)));
    }

    private static DateTimeOffset Day(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
