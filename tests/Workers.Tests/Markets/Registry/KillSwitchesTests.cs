using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Workers.Markets.Registry;

namespace Platform.Workers.Tests.Markets.Registry;

/// <summary>What a node knows of the switches, and for how long it may rely on it.</summary>
public sealed class KillSwitchesTests : IDisposable
{
    private static readonly VenueId Paper = VenueId.From("paper");
    private static readonly VenueId Kraken = VenueId.From("kraken");

    private readonly FakeTimeProvider time = new();
    private readonly KillSwitches switches;

    public KillSwitchesTests() => switches = new(time);

    public void Dispose() => switches.Dispose();

    [Fact]
    public void Node_that_never_heard_lets_nothing_out() =>
        Assert.Equal(VenueGate.Unknown, switches.Ask(Paper, VenueActivity.Trade));

    [Fact]
    public void Node_that_has_not_heard_for_a_second_lets_nothing_out()
    {
        Know();
        time.Advance(KillSwitches.FreshMax);
        Assert.Equal(VenueGate.Open, switches.Ask(Paper, VenueActivity.Trade));

        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(VenueGate.Unknown, switches.Ask(Paper, VenueActivity.Trade));

        Know();
        Assert.Equal(VenueGate.Open, switches.Ask(Paper, VenueActivity.Trade));
    }

    [Fact]
    public void Switch_stops_one_activity_of_one_venue_however_old_the_knowledge_is()
    {
        Know(new Killable(Paper, VenueActivity.Trade));
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(VenueGate.Killed, switches.Ask(Paper, VenueActivity.Trade));
        Assert.True(switches.IsKilled(Paper, VenueActivity.Trade));
        Assert.False(switches.IsKilled(Paper, VenueActivity.Withdraw));
        Assert.False(switches.IsKilled(Kraken, VenueActivity.Trade));
    }

    [Fact]
    public async Task What_is_on_its_way_out_is_told_and_what_comes_after_a_revival_is_not()
    {
        Know();
        var trading = switches.Killed(Paper, VenueActivity.Trade);
        var withdrawing = switches.Killed(Paper, VenueActivity.Withdraw);

        Know(new Killable(Paper, VenueActivity.Trade));
        await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, trading), Task.Delay(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken));

        Assert.True(trading.IsCancellationRequested);
        Assert.False(withdrawing.IsCancellationRequested);
        Assert.True(switches.Killed(Paper, VenueActivity.Trade).IsCancellationRequested);
        Know();
        Assert.False(switches.Killed(Paper, VenueActivity.Trade).IsCancellationRequested);
    }

    [Fact]
    public async Task Who_waits_at_the_gate_goes_on_when_the_node_hears_again_and_gives_up_when_it_does_not()
    {
        var waiting = switches.AskAsync(Paper, VenueActivity.Trade, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        Know();
        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(VenueGate.Open, await waiting);

        time.Advance(TimeSpan.FromSeconds(2));
        waiting = switches.AskAsync(Paper, VenueActivity.Trade, TimeSpan.Zero, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(VenueGate.Unknown, await waiting);
    }

    private void Know(params Killable[] killed) => switches.Know(
        killed.ToDictionary(killable => killable, _ => "A test."), time.GetTimestamp());
}
