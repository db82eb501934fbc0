using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;
using Platform.Projections;

namespace Platform.Workers.Markets.Registry;

/// <summary>
/// Records what venues list and by which rules, so that a change of rules is a fact with an instant. Every node looks;
/// whoever is second finds nothing new.
/// </summary>
internal sealed partial class ListingKeeper(
    IDocumentStore store, MarketCatalog catalog, ConnectedVenues venues, TimeProvider time, ILogger<ListingKeeper> logger)
    : BackgroundService
{
    private const int BatchMax = 200;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(venues.All.Select(venue => KeepAsync(venue.Venue, stoppingToken)));

    private async Task KeepAsync(VenueId venue, CancellationToken cancellationToken)
    {
        await catalog.ReadyAsync(venue).WaitAsync(cancellationToken);
        IReadOnlyList<Instrument>? recorded = null;
        using var timer = new PeriodicTimer(Period, time);
        do
            if (catalog.InstrumentsOf(venue) is { } listed && !ReferenceEquals(listed, recorded)
                && await TryRecordAsync(venue, listed, cancellationToken))
                recorded = listed;
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task<bool> TryRecordAsync(VenueId venue, IReadOnlyList<Instrument> listed, CancellationToken cancellationToken)
    {
        try
        {
            // A symbol names a spot pair; a derivative would take its place.
            await RecordAsync(
                venue, [.. listed.Where(each => each.Kind is InstrumentKind.Spot).Select(each => each.Rules).DistinctBy(rules => rules.Market)],
                cancellationToken);
            return true;
        }
        catch (Exception error) when (error.IsStoreConflict || error.IsStoreOutage)
        {
            LogPutOff(venue, error.Message);
            return false;
        }
    }

    private async Task RecordAsync(VenueId venue, IReadOnlyList<MarketRules> listed, CancellationToken cancellationToken)
    {
        await using var reading = store.QuerySession();
        var known = (await reading.Query<ListedInstrument>().Where(each => each.Venue == venue).ToListAsync(cancellationToken))
            .ToDictionary(each => each.Market);
        var (source, now) = ($"{venue}: its list of instruments", time.GetUtcNow());
        var news = listed.Select(rules => new News(rules.Market, Here(new(venue, rules, source, now))))
            .Concat(known.Keys.Except(listed.Select(rules => rules.Market))
                .Select(market => new News(market, Gone(new(venue, market, "The venue lists it no more.", now)))))
            .Where(each => each.Decide(known.GetValueOrDefault(each.Market)).Recorded().Count > 0);
        foreach (var batch in news.Chunk(BatchMax))
            await AppendAsync(venue, batch, cancellationToken);
    }

    private async Task AppendAsync(VenueId venue, IEnumerable<News> batch, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        foreach (var (market, decide) in batch)
        {
            // Decided again on what is there now: another node may have been quicker.
            var stream = await session.Events.FetchForWriting<ListedInstrument>(
                ListedInstrumentId.For(venue, market).Value, cancellationToken);
            stream.AppendMany(decide(stream.Aggregate).Recorded());
        }

        await session.SaveChangesAsync(cancellationToken);
    }

    private static Func<ListedInstrument?, Decision<ListedInstrumentEvent>> Here(RecordListing command) =>
        instrument => ListedInstrumentDecider.Decide(command, instrument);

    private static Func<ListedInstrument?, Decision<ListedInstrumentEvent>> Gone(RecordDelisting command) =>
        instrument => ListedInstrumentDecider.Decide(command, instrument);

    [LoggerMessage(LogLevel.Information, "What {Venue} lists is recorded later: {Reason}")]
    private partial void LogPutOff(VenueId venue, string reason);

    private sealed record News(Symbol Market, Func<ListedInstrument?, Decision<ListedInstrumentEvent>> Decide);
}
