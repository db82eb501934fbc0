using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Accounts;

/// <summary>
/// Listens to the streams of accounts in derivatives: what traded and what waits is recorded as it is told, and positions that changed
/// are asked for at once. The fetchers' own turns find what a stream loses.
/// </summary>
public sealed partial class PositionListener(
    ConnectedVenues venues, FetcherCatalog catalog, FetcherTable table, FactTable facts, TimeProvider time, ILogger<PositionListener> logger)
    : BackgroundService
{
    // A stream that is busy has the account asked after no oftener.
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        from venue in venues.All
        where venue.Parts.Positions is not null
        let running = catalog.Running.Where(fetcher => string.Equals(fetcher.Terms.Id.Source, venue.Venue.Value, StringComparison.Ordinal))
        let positions = running.FirstOrDefault(fetcher => fetcher.Terms.Id.Type is AccountLooks.Positions)
        let fills = running.FirstOrDefault(fetcher => fetcher.Terms.Id.Type is AccountLooks.Fills)
        where positions is not null
        select ListenAsync(venue.Parts.Positions!, positions, fills, stoppingToken));

    private async Task ListenAsync(IVenuePositions venue, IFetcher positions, IFetcher? fills, CancellationToken cancellationToken)
    {
        await foreach (var happened in venue.PositionStreamAsync(cancellationToken))
            try
            {
                await happened.Match(
                    () => HastenAsync(positions, cancellationToken), _ => Task.CompletedTask,
                    report => RecordAsync(report, positions, fills, cancellationToken));
            }
            // The stream must go on; the fetchers' next turns find what is missing.
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogNotRecorded(error, venue.Venue.Value);
            }
    }

    private Task RecordAsync(VenueUserReport report, IFetcher positions, IFetcher? fills, CancellationToken cancellationToken) => report switch
    {
        VenueUserReport.OfTrigger { Order: var order } => SaveAsync<TriggerOrder>(positions, AccountLooks.WaitingOrders, [order], cancellationToken),
        VenueUserReport.OfOrder { Order.Fills: { Count: > 0 } traded } when fills is not null =>
            SaveAsync(fills, AccountLooks.Fills, traded, cancellationToken),
        VenueUserReport.OfPositions => HastenAsync(positions, cancellationToken),
        // An order that is not ours concerns nobody until it trades, here as on spot.
        _ => Task.CompletedTask,
    };

    private Task HastenAsync(IFetcher fetcher, CancellationToken cancellationToken) =>
        table.HastenAsync(fetcher.Terms.Id, time.GetUtcNow(), Apart, cancellationToken);

    // Read as an answer is, so that both say the same.
    private Task<int> SaveAsync<T>(IFetcher fetcher, string about, IReadOnlyList<T> told, CancellationToken cancellationToken)
    {
        var raw = new RawAnswer(about, JsonSerializer.SerializeToUtf8Bytes(told, FactContent.Json), time.GetUtcNow());
        return facts.ReviseAsync(fetcher.Terms, raw, fetcher.Parse(raw), cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "What {Venue} told of positions could not be recorded")]
    private partial void LogNotRecorded(Exception error, string venue);
}
