using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Tests.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Registry;

/// <summary>Money out of a venue: nothing leaves past the switch, by whichever connector.</summary>
public sealed class WithdrawalGateTests
{
    private static readonly Killable Withdrawing = new(VenueId.From("paper"), VenueActivity.Withdraw);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider time = new(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Connectors => [.. VenueConnectors.All.Select(connector => connector.Name)];

    [Theory, MemberData(nameof(Connectors))]
    public async Task Nothing_arrives_while_withdrawals_are_stopped_or_nobody_knows(string connector)
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, "{}");
        using var host = MarketsHost.For(venue.Address, time, settings: ("Platform:Venue:Connector", connector));
        if (MarketsHost.Parts(host).Withdrawals is not { } withdrawals)
            return;

        MarketsHost.Know(host, Withdrawing);
        Assert.Equal("Not sent: withdrawals from paper are stopped: A test.", await RefusedAsync(withdrawals));

        MarketsHost.Know(host);
        time.Advance(TimeSpan.FromHours(1) + KillSwitches.FreshMax + TimeSpan.FromTicks(1));
        Assert.Equal(
            "Not sent: this node has not heard for 00:00:01 whether withdrawals from paper are stopped.", await RefusedAsync(withdrawals));
        Assert.Empty(venue.Calls);
    }

    [Fact]
    public async Task Withdrawal_leaves_while_nothing_is_stopped_and_one_on_its_way_is_in_doubt_once_it_is()
    {
        var arrived = new TaskCompletionSource();
        await using var venue = await LoopbackVenue.StartAsync(context =>
        {
            arrived.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var host = MarketsHost.For(venue.Address, callTimeout: "00:01:00");
        var withdrawals = MarketsHost.Parts(host).Withdrawals!;

        var withdrawing = withdrawals.WithdrawAsync(PrivateVenueTests.Withdrawal, Cancel);
        await arrived.Task.WaitAsync(Patience, Cancel);
        MarketsHost.Know(host, Withdrawing);

        Assert.IsType<VenueAnswer<VenueTransferName>.Unknown>(await withdrawing.WaitAsync(Patience, Cancel));
        Assert.Single(venue.Calls, call => call.Method is "POST");
    }

    [Fact]
    public async Task Withdrawal_does_not_leave_when_the_node_heard_nothing_while_it_was_made_ready()
    {
        // The venue is slow to say what time it is there, by which the withdrawal is signed.
        await using var venue = await LoopbackVenue.StartAsync(context =>
        {
            time.Advance(KillSwitches.FreshMax + TimeSpan.FromTicks(1));
            return context.Response.WriteAsync("""{"retCode":0,"retMsg":"OK","result":{"timeSecond":"1767323045","timeNano":"1767323045000000000"},"time":1767323045000}""", Cancel);
        });
        using var host = MarketsHost.For(venue.Address, time, settings: ("Platform:Venue:Connector", "bybit"));
        host.Services.GetRequiredService<KillSwitches>().Know(new Dictionary<Killable, string>(), time.GetTimestamp());

        var answer = await MarketsHost.Parts(host).Withdrawals!.WithdrawAsync(PrivateVenueTests.Withdrawal, Cancel);

        Assert.Equal(["/v5/market/time"], venue.Calls.Select(call => call.Target));
        Assert.Equal(
            "Not sent: this node has not heard for 00:00:01 whether people stopped that at paper.",
            Assert.IsType<VenueAnswer<VenueTransferName>.Unknown>(answer).Detail);
    }

    private static async Task<string> RefusedAsync(IVenueWithdrawals withdrawals)
    {
        var refused = Assert.IsType<VenueAnswer<VenueTransferName>.Refused>(
            await withdrawals.WithdrawAsync(PrivateVenueTests.Withdrawal, Cancel));
        Assert.Equal(VenueKill.Code, refused.Code);
        return refused.Message;
    }
}
