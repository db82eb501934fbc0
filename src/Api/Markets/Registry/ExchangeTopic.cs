using Platform.Domain.Identity;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Realtime;

namespace Platform.Api.Markets.Registry;

/// <summary><c>exchange/{id}</c>: how the platform stands with an exchange, and what a person stopped there.</summary>
public sealed class ExchangeTopic(Exchanges exchanges) : ITopicFamily
{
    public const string FamilyName = "exchange";

    public string Name => FamilyName;

    public Permission Permission => OpenPermissions.ReadExchanges;

    public TopicShape Shape => TopicShape.Whole;

    public async ValueTask<TopicSnapshot?> SnapshotAsync(string entity, CancellationToken cancellationToken) =>
        await exchanges.FindAsync(VenueId.From(entity), cancellationToken) is { } detail ? new(ExchangeResponse.Of(detail)) : null;
}

/// <summary>Tells who watches an exchange what changed there; whether anything did is asked of memory alone.</summary>
public sealed partial class ExchangePush(
    Exchanges exchanges, KillSwitches switches, Topics topics, TimeProvider time, ILogger<ExchangePush> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, Standing> told = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var watched in topics.WatchedOf(ExchangeTopic.FamilyName))
                await PublishAsync(watched, stoppingToken);
    }

    private async Task PublishAsync(string watched, CancellationToken cancellationToken)
    {
        var id = VenueId.From(watched);
        var now = new Standing(
            exchanges.StatusOf(id), switches.IsKilled(id, VenueActivity.Trade), switches.IsKilled(id, VenueActivity.Withdraw));
        if (told.TryGetValue(watched, out var before) && before == now)
            return;

        try
        {
            if (await exchanges.FindAsync(id, cancellationToken) is { } detail)
                topics.Replace(new Topic(ExchangeTopic.FamilyName, watched), ExchangeResponse.Of(detail));
            told[watched] = now;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The next tick tries again.
            LogNotPublished(error, watched);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The standing of exchange {Exchange} could not be read")]
    private partial void LogNotPublished(Exception error, string exchange);

    private readonly record struct Standing(ExchangeStatus Status, bool IsTradingKilled, bool AreWithdrawalsKilled);
}
