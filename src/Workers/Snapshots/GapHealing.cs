using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Snapshots;
using Platform.Projections;
using Platform.Projections.Snapshots;

namespace Platform.Workers.Snapshots;

/// <summary>
/// Asks for what is missing, the newest first, one gap at a time; several nodes share the gaps. Whatever came is in the samples before the
/// gap is settled.
/// </summary>
public sealed partial class GapHealing(
    GapRows gaps, IEnumerable<ISeriesHealer> healers, SeriesSampling sampling, TimeProvider time, ILogger<GapHealing> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    // Longer than any healer takes: pages of a venue, each within its call's timeout.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, ISeriesHealer> bySeries = healers.ToDictionary(healer => healer.Series, StringComparer.Ordinal);

    /// <summary>Takes every gap that is due.</summary>
    /// <returns>How many were tried.</returns>
    public async Task<int> RoundAsync(CancellationToken cancellationToken)
    {
        var tried = 0;
        while (await gaps.ClaimAsync(time.GetUtcNow(), Patience, cancellationToken) is { } gap)
        {
            var outcome = await HealAsync(gap, cancellationToken);
            if (outcome is not HealOutcome.Stopped)
                await sampling.ResampleAsync(gap.From, gap.To, cancellationToken);
            var settled = gap.Settle(outcome, time.GetUtcNow());
            await gaps.SettleAsync(gap, settled, cancellationToken);
            LogSettled(gap.Series, gap.Bin, gap.From, gap.To, settled.State, settled.Reason);
            tried++;
        }

        return tried;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception error) when (error.IsStoreOutage)
            {
                LogAway(error);
            }
    }

    private async Task<HealOutcome> HealAsync(Gap gap, CancellationToken cancellationToken)
    {
        if (!bySeries.TryGetValue(gap.Series, out var healer))
            return new HealOutcome.Failed("Nobody here can ask for it.");
        try
        {
            return await healer.HealAsync(gap, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException && !error.IsStoreOutage)
        {
            LogFailed(error, gap.Series, gap.Bin);
            return new HealOutcome.Failed("Asking for it failed.");
        }
    }

    [LoggerMessage(LogLevel.Information, "The gap of {Series} {Bin} from {From:u} to {To:u} is {State}. {Reason}")]
    private partial void LogSettled(string series, string bin, DateTimeOffset from, DateTimeOffset to, GapState state, string? reason);

    [LoggerMessage(LogLevel.Error, "Healing {Series} {Bin} failed")]
    private partial void LogFailed(Exception error, string series, string bin);

    [LoggerMessage(LogLevel.Warning, "Gaps wait for the database")]
    private partial void LogAway(Exception error);
}
