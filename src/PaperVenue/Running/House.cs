using Platform.PaperVenue.Liquidity;

namespace Platform.PaperVenue.Running;

/// <summary>Keeps the invented markets going, as long as the venue runs.</summary>
public sealed class House(Venue venue, IReadOnlyList<SyntheticFlow> flows, TimeProvider clock) : BackgroundService
{
    /// <summary>Lays the first quotes of every market, before the first client can ask.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TickAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SyntheticFlow.Pace, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TickAsync(stoppingToken);
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        foreach (var flow in flows)
            await venue.RunAsync(flow.Tick, cancellationToken);
    }
}
