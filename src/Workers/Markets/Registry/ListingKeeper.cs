using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Workers.Markets.Venues;

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

    // Announced days ahead, and heavy to ask for.
    private static readonly TimeSpan PlansKept = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(venues.All.Select(venue => KeepAsync(venue, stoppingToken)));

    private Task KeepAsync(ConnectedVenue venue, CancellationToken cancellationToken)
    {
        var isRecorded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return Task.WhenAll(
            KeepListAsync(venue.Venue, isRecorded, cancellationToken), KeepPlansAsync(venue, isRecorded.Task, cancellationToken));
    }

    private async Task KeepListAsync(VenueId venue, TaskCompletionSource isRecorded, CancellationToken cancellationToken)
    {
        await catalog.ReadyAsync(venue).WaitAsync(cancellationToken);
        IReadOnlyList<Instrument>? recorded = null;
        using var timer = new PeriodicTimer(Period, time);
        do
            if (catalog.InstrumentsOf(venue) is { } listed && !ReferenceEquals(listed, recorded)
                && await TryRecordAsync(venue, listed, cancellationToken))
            {
                recorded = listed;
                isRecorded.TrySetResult();
            }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    // Where a venue tells them, it tells them to those who have a key.
    private async Task KeepPlansAsync(ConnectedVenue venue, Task isRecorded, CancellationToken cancellationToken)
    {
        if (venue.Parts.Delistings is not { } delistings)
            return;

        await isRecorded.WaitAsync(cancellationToken);
        await venue.Access.GrantedAsync(cancellationToken);
        using var timer = new PeriodicTimer(PlansKept, time);
        do
            if (catalog.InstrumentsOf(venue.Venue) is { } listed)
                await RecordPlansAsync(venue.Venue, listed, delistings, cancellationToken);
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

    // A venue that does not say, or a store that is away, is asked again when it is time.
    private async Task RecordPlansAsync(
        VenueId venue, IReadOnlyList<Instrument> listed, IVenueDelistings delistings, CancellationToken cancellationToken)
    {
        if (await delistings.DelistingsAsync(cancellationToken) is not VenueAnswer<IReadOnlyList<PlannedDelisting>>.Answered { Value: var plans })
            return;
        try
        {
            var ends = plans.GroupBy(plan => plan.VenueSymbol, StringComparer.Ordinal)
                .ToDictionary(plan => plan.Key, plan => plan.Min(each => each.EndsAt), StringComparer.Ordinal);
            var now = time.GetUtcNow();
            await RecordAsync(
                venue, _ => listed.Where(each => each.Kind is InstrumentKind.Spot).DistinctBy(each => each.Market).Select(each => new News(
                    each.Market,
                    Planned(new(venue, each.Market, ends.TryGetValue(each.VenueSymbol, out var at) ? at : null, now)))),
                cancellationToken);
        }
        catch (Exception error) when (error.IsStoreConflict || error.IsStoreOutage)
        {
            LogPutOff(venue, error.Message);
        }
    }

    private Task RecordAsync(VenueId venue, IReadOnlyList<MarketRules> listed, CancellationToken cancellationToken)
    {
        var (source, now) = ($"{venue}: its list of instruments", time.GetUtcNow());
        return RecordAsync(
            venue, known => listed.Select(rules => new News(rules.Market, Here(new(venue, rules, source, now))))
                .Concat(known.Except(listed.Select(rules => rules.Market))
                    .Select(market => new News(market, Gone(new(venue, market, "The venue lists it no more.", now))))),
            cancellationToken);
    }

    /// <param name="look">What there is to say, by the markets that are known.</param>
    private async Task RecordAsync(
        VenueId venue, Func<IReadOnlyCollection<Symbol>, IEnumerable<News>> look, CancellationToken cancellationToken)
    {
        await using var reading = store.QuerySession();
        var known = (await reading.Query<ListedInstrument>().Where(each => each.Venue == venue).ToListAsync(cancellationToken))
            .ToDictionary(each => each.Market);
        var news = look(known.Keys)
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

    private static Func<ListedInstrument?, Decision<ListedInstrumentEvent>> Planned(RecordDelistingPlan command) =>
        instrument => ListedInstrumentDecider.Decide(command, instrument);

    [LoggerMessage(LogLevel.Information, "What {Venue} lists is recorded later: {Reason}")]
    private partial void LogPutOff(VenueId venue, string reason);

    private sealed record News(Symbol Market, Func<ListedInstrument?, Decision<ListedInstrumentEvent>> Decide);
}
