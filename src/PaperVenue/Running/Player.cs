using Platform.PaperVenue.Replay;

namespace Platform.PaperVenue.Running;

/// <summary>Plays a recording at its own pace, or so many times faster; at its end the last book stays.</summary>
public sealed class Player(
    Venue venue, Recording recording, ReplayFlow flow, decimal speed, TimeProvider clock,
    IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await PlayAsync(stoppingToken);
        }
        catch (UnreadableRecordingException broken)
        {
            await Console.Error.WriteLineAsync($"papervenue: {broken.Message}");
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    private async Task PlayAsync(CancellationToken stoppingToken)
    {
        var started = clock.GetTimestamp();
        long? first = null;
        await foreach (var step in recording.ReadAsync().WithCancellation(stoppingToken))
        {
            first ??= step.At;
            var due = TimeSpan.FromMilliseconds((long)((step.At - first.Value) / speed));
            if (due - clock.GetElapsedTime(started) is { } wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, clock, stoppingToken);
            await venue.RunAsync((engine, at) => flow.Play(engine, step, at), stoppingToken);
        }
    }
}
