using Platform.Api.Identity;
using Platform.Api.Realtime;
using Platform.Workers.Identity;

namespace Platform.Api;

/// <summary>Cuts the open connections of whoever was barred, within a second of the barrier, on every node.</summary>
public sealed class BarredConnections(
    RealtimeSessions sessions, Barriers barriers, TokenVerifier verifier, TimeProvider time) : BackgroundService
{
    // However many barriers rise, all connections are looked at this often and no more.
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        var seen = barriers.Version;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var version = barriers.Version;
            if (version == seen)
                continue;

            seen = version;
            sessions.CutOff((caller, address) => caller.Token is { } token && !verifier.IsStillGood(token, new(address)));
        }
    }
}
