using System.Text;
using Platform.Workers.Realtime;

namespace Platform.Workers.Tests.Realtime;

public sealed class RecentChangesTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private readonly RecentChanges recent = new(0, new RealtimeLimits());

    [Fact]
    public void Newer_row_replaces_the_older_of_its_key()
    {
        Add(1, "a");
        Add(2, "b");
        Add(3, "a");

        Assert.Equal(["2", "3"], After(0));
        Assert.Equal(["3"], After(2));
        Assert.Equal(0, recent.Floor);
    }

    [Fact]
    public void Log_keeps_every_row_in_order()
    {
        Add(1);
        Add(2);
        Add(3);

        Assert.Equal(["1", "2", "3"], After(0));
        Assert.Equal(["2", "3"], After(1));
    }

    [Fact]
    public void At_most_256_changes_are_kept()
    {
        for (var sequence = 1; sequence <= 300; sequence++)
            Add(sequence);

        Assert.Equal(44, recent.Floor);
        Assert.Equal(256, After(44).Count);
    }

    [Fact]
    public void Rows_replaced_do_not_count()
    {
        for (var sequence = 1; sequence <= 1_000; sequence++)
            Add(sequence, $"{sequence % 3}");

        Assert.Equal(0, recent.Floor);
        Assert.Equal(["998", "999", "1000"], After(0));
    }

    [Fact]
    public void Changes_older_than_a_minute_are_forgotten()
    {
        Add(1, at: Start);
        Add(2, at: Start.AddSeconds(30));
        recent.Trim(Start.AddSeconds(61));

        Assert.Equal(1, recent.Floor);
        Assert.Equal(["2"], After(1));
    }

    [Fact]
    public void At_most_256_kilobytes_are_kept()
    {
        for (var sequence = 1; sequence <= 5; sequence++)
            recent.Add(new(sequence, null, sequence, new byte[100 * 1024], Start));

        Assert.Equal(3, recent.Floor);
    }

    [Fact]
    public void Change_larger_than_all_that_is_kept_leaves_its_place_behind()
    {
        recent.Add(new(1, null, 1, new byte[300 * 1024], Start));

        Assert.Equal(1, recent.Floor);
        Assert.Equal(1, recent.Last);
    }

    [Fact]
    public void Jump_in_the_numbers_makes_what_came_before_incomplete()
    {
        Add(1);
        Add(2);
        Add(5);

        Assert.Equal(4, recent.Floor);
        Assert.Equal(["5"], After(4));
    }

    [Fact]
    public void Changes_that_a_snapshot_shows_are_left_out()
    {
        recent.Add(new(1, null, 10, "1"u8.ToArray(), Start));
        recent.Add(new(2, null, 20, "2"u8.ToArray(), Start));
        recent.Add(new(3, null, long.MaxValue, "3"u8.ToArray(), Start));

        Assert.Equal(["2", "3"], After(0, shown: 19));
        Assert.Equal(["3"], After(0, shown: 20));
    }

    private void Add(long sequence, string? key = null, DateTimeOffset? at = null) =>
        recent.Add(new(sequence, key, sequence, Encoding.UTF8.GetBytes($"{sequence}"), at ?? Start));

    private List<string> After(long sequence, long shown = long.MinValue)
    {
        var bodies = new List<ReadOnlyMemory<byte>>();
        recent.CopyAfter(sequence, shown, bodies);
        return [.. bodies.Select(body => Encoding.UTF8.GetString(body.Span))];
    }
}
