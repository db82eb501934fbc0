using Microsoft.Extensions.Time.Testing;
using Platform.Workers.Realtime;

namespace Platform.Workers.Tests.Realtime;

public sealed class WatchBudgetTests
{
    private readonly FakeTimeProvider time = new();
    private readonly WatchBudget budget;

    public WatchBudgetTests() => budget = new(new(), time);

    [Fact]
    public void Burst_of_100_calls_is_taken_and_no_more() => Assert.Equal(100, Spend(150));

    [Fact]
    public void Fifty_calls_come_back_in_a_second()
    {
        Spend(150);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(50, Spend(150));
    }

    [Fact]
    public void Quiet_hour_saves_no_more_than_the_burst()
    {
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(100, Spend(150));
    }

    private int Spend(int calls) => Enumerable.Range(0, calls).Count(_ => budget.TrySpend());
}
