using Platform.Workers.Identity;

namespace Platform.Workers.Tests.Identity;

/// <summary>The barriers that a node holds in memory.</summary>
public sealed class BarrierMapTests
{
    private const long Day = 86_400_000;
    private const long Start = 1_800_000_000_000;

    [Fact]
    public void Attack_70_million_barriers_are_held_for_a_day_and_then_forgotten()
    {
        const int count = 1_000_000;
        var map = new BarrierMap(2 * count);
        var before = GC.GetAllocatedBytesForCurrentThread();
        // A day's worth: one each 86 ms.
        for (var number = 0; number < count; number++)
            map.Raise(Subject(number), UntilOf(number));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Growing tables are copied: what is held at the end is about half of it.
        Assert.InRange(allocated, 1, 400L * count);
        map.Evict(At(UntilOf(0) + Day));
        Assert.Equal(count, map.Count);
        map.Evict(At(UntilOf(count / 2) + Day + 30_000));
        Assert.InRange(map.Count, count / 2, (count / 2) + 2_000);
        for (var number = count / 2; number < count; number += 997)
            Assert.Equal(UntilOf(number), map.Until(Subject(number)));
        map.Evict(At(UntilOf(count) + Day + 120_000));
        Assert.Equal(0, map.Count);
        Assert.Equal(0, map.Until(Subject(count - 1)));

        static long UntilOf(int number) => Start + (number * 86L);
    }

    [Fact]
    public void Barriers_in_any_order_and_number_merge_to_the_latest()
    {
        var map = new BarrierMap(10);
        foreach (var until in (long[])[5, 9, 3, 9, 1])
            map.Raise(Subject(1), Start + until);

        Assert.Equal(Start + 9, map.Until(Subject(1)));
        Assert.False(map.Raise(Subject(1), Start + 9));
    }

    [Fact]
    public void Barrier_raised_again_outlives_the_first()
    {
        var map = new BarrierMap(10);
        map.Raise(Subject(1), Start);
        map.Raise(Subject(1), Start + Day);

        map.Evict(At(Start + Day + 120_000));

        Assert.Equal(Start + Day, map.Until(Subject(1)));
    }

    [Fact]
    public void More_than_fit_stand_before_everybody_rather_than_before_nobody()
    {
        var map = new BarrierMap(100);
        for (var number = 0; number < 300; number++)
            map.Raise(Subject(number), Start + (number * 60_000));

        Assert.Equal(100, map.Count);
        for (var number = 0; number < 300; number++)
            Assert.True(map.Until(Subject(number)) >= Start + (number * 60_000));
        Assert.Equal(Start + (199 * 60_000), map.Until(Subject(10_000)));
    }

    private static Guid Subject(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
