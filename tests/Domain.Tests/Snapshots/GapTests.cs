using Platform.Domain.Snapshots;

namespace Platform.Domain.Tests.Snapshots;

public sealed class GapTests
{
    private static readonly DateTimeOffset Now = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public void Gap_that_is_given_is_healed_by_whom_gave_it()
    {
        var healed = Suspect.Begin(Now, Patience).Settle(new HealOutcome.Healed("kraken minutes"), Now.AddSeconds(1));

        Assert.Equal((GapState.Healed, "kraken minutes", Now.AddSeconds(1), false), (healed.State, healed.HealedBy, healed.ClosedAt, healed.IsOpen));
    }

    [Fact]
    public void Gap_in_which_nothing_traded_is_proved_empty() =>
        Assert.Equal(GapState.EmptyProved, Suspect.Begin(Now, Patience).Settle(new HealOutcome.Empty("kraken minutes"), Now).State);

    [Fact]
    public void Try_in_vain_is_repeated_later_each_time_and_given_up_after_eight()
    {
        var gap = Suspect;
        var waits = new List<double>();
        while (gap.IsOpen)
        {
            gap = gap.Begin(Now, Patience).Settle(new HealOutcome.Failed("The venue did not answer."), Now);
            waits.Add((gap.NextTryAt - Now).TotalMinutes);
        }

        Assert.Equal((GapState.Abandoned, 8, "The venue did not answer."), (gap.State, gap.Tries, gap.Reason));
        Assert.Equal([1, 2, 4, 8, 16, 32, 64], waits.Take(7));
        Assert.Null(gap.HealedBy);
    }

    [Fact]
    public void Try_that_people_stopped_is_none_however_often()
    {
        var gap = Suspect.Begin(Now, Patience).Settle(new HealOutcome.Failed("The venue did not answer."), Now);
        for (var times = 0; times < 2 * Gap.TriesMax; times++)
            gap = gap.Begin(Now, Patience).Settle(new HealOutcome.Stopped("Data of kraken is stopped."), Now);

        Assert.Equal((GapState.Confirmed, 1, "Data of kraken is stopped.", Now.AddMinutes(1)), (gap.State, gap.Tries, gap.Reason, gap.NextTryAt));
        Assert.Equal(GapState.Suspect, Suspect.Begin(Now, Patience).Settle(new HealOutcome.Stopped("Data of kraken is stopped."), Now).State);
    }

    [Fact]
    public void Whoever_dies_while_healing_leaves_the_gap_to_be_taken_again() =>
        Assert.Equal((true, Now + Patience), (Suspect.Begin(Now, Patience).IsOpen, Suspect.Begin(Now, Patience).NextTryAt));

    [Fact]
    public void Closed_gap_stays_closed_and_an_idle_one_is_not_settled()
    {
        var healed = Suspect.Begin(Now, Patience).Settle(new HealOutcome.Healed("kraken minutes"), Now);

        Assert.Throws<InvalidOperationException>(() => healed.Begin(Now, Patience));
        Assert.Throws<InvalidOperationException>(() => Suspect.Settle(new HealOutcome.Failed("No."), Now));
    }

    private static Gap Suspect { get; } = new(
        new("0199f2b0-0000-7000-8000-000000000001"), "market.bars", "kraken/BTC-USD", Now.AddHours(-1), Now, "disconnect", GapState.Suspect,
        Tries: 0, Now, Now);
}
