using Microsoft.Extensions.Time.Testing;
using Platform.Workers.Identity;

namespace Platform.Workers.Tests.Identity;

/// <summary>This node's clock beside the store's.</summary>
public sealed class PlatformClockTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider time = new(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly PlatformClock clock;

    public PlatformClockTests() => clock = new(time);

    [Fact]
    public void Answer_that_took_long_says_nothing_of_the_clock_where_one_was_quicker_a_while_ago()
    {
        Observe(TimeSpan.Zero);

        Observe(Long);
        Assert.Equal(TimeSpan.Zero, clock.Skew);

        time.Advance(TimeSpan.FromSeconds(30));
        Observe(Long);
        Assert.Equal(Long, clock.Skew);

        Observe(TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, clock.Skew);
    }

    [Fact]
    public void Node_that_was_never_answered_quickly_issues_nothing()
    {
        Assert.False(clock.MayIssue);
        Observe(Long);
        Assert.False(clock.MayIssue);
        Observe(Long / 3);
        Assert.True(clock.MayIssue);
    }

    // The store says its time, and the answer takes so long.
    private void Observe(TimeSpan taking)
    {
        var (asked, storeTime) = (time.GetTimestamp(), time.GetUtcNow());
        time.Advance(taking);
        clock.Observe(storeTime, asked, time.GetTimestamp());
    }
}
