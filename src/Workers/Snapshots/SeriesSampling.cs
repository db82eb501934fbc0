using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Snapshots;
using Platform.Projections;
using Platform.Projections.Snapshots;

namespace Platform.Workers.Snapshots;

/// <summary>
/// Samples every series: the hours of the last day each time, so that what came late or was healed since makes a revision, and
/// days of their hours. Any number of nodes may do it: the same sample again changes nothing.
/// </summary>
public sealed partial class SeriesSampling(
    IEnumerable<SeriesDefinition> series, SampleRows rows, TimeProvider time, ILogger<SeriesSampling> logger) : BackgroundService
{
    private const int HoursBack = 25;
    internal static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    /// <summary>Samples the hours of the last day that are over, and the days that they are in.</summary>
    /// <returns>How many samples are new or corrected.</returns>
    public Task<int> RoundAsync(SeriesDefinition of, CancellationToken cancellationToken) =>
        SampleAsync(of, FirstOfRound(of), EndOf(of), cancellationToken);

    /// <summary>Samples every series again of what was healed in [from, to), as far as it is older than what each round samples.</summary>
    public async Task ResampleAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        foreach (var each in series)
            await SampleAsync(each, Every.Hour.StartOf(from), FirstOfRound(each) is var first && first < to ? first : to, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var each in series)
                try
                {
                    await RoundAsync(each, stoppingToken);
                }
                catch (Exception error) when (error.IsStoreOutage)
                {
                    LogAway(error, each.Name);
                }
    }

    private DateTimeOffset EndOf(SeriesDefinition of) => Every.Hour.StartOf(time.GetUtcNow() - of.Lateness);

    private DateTimeOffset FirstOfRound(SeriesDefinition of) => EndOf(of).AddHours(-HoursBack);

    private async Task<int> SampleAsync(SeriesDefinition of, DateTimeOffset first, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var changed = 0;
        for (var hour = first; hour < end; hour = hour.AddHours(1))
            changed += await rows.WriteAsync(
                Merged(of, Every.Hour, hour, await of.Source.ReadAsync(hour, hour.AddHours(1), cancellationToken)), cancellationToken);
        for (var day = Every.Day.StartOf(first); day < end; day = day.AddDays(1))
        {
            var hours = await rows.ReadBinsAsync(of.Name, Every.Hour, day, day.AddDays(1), cancellationToken);
            changed += await rows.WriteAsync(
                Merged(of, Every.Day, day, hours.Select(stored => (stored.Key.Bin, stored.Sample))), cancellationToken);
        }

        return changed;
    }

    private static (SampleKey, Sample)[] Merged(
        SeriesDefinition of, Every every, DateTimeOffset start, IEnumerable<(string Bin, Sample Sample)> samples) =>
    [
        .. samples.GroupBy(sample => sample.Bin, sample => sample.Sample, StringComparer.Ordinal)
            .Select(bin => (new SampleKey(of.Name, bin.Key, every, start), of.Law.Fold(bin)!)),
    ];

    [LoggerMessage(LogLevel.Warning, "{Series} is sampled when the database is back")]
    private partial void LogAway(Exception error, string series);
}
