using Platform.Domain.Markets;
using Platform.Projections.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.History;

/// <summary>
/// Asks a venue for its latest bars when somebody looks at them, and stores those that are over. Many who look at once share one
/// question, and the next one is asked no sooner than after five seconds.
/// </summary>
public sealed class BarCatchUp(ConnectedVenues venues, Instruments instruments, BarRows bars, TimeProvider time) : IDisposable
{
    private const int EntriesMax = 256;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Dictionary<(Instrument, BarLevel), Entry> entries = [];

    /// <summary>What the venue has is stored when it returns; the bar that is running is answered. Null when there is none, or it did not say.</summary>
    public Task<Bar?> RunningAsync(Instrument instrument, BarLevel level, CancellationToken cancellationToken) =>
        level.Interval is { } interval && venues.Find(instrument.Venue) is { } venue
            ? AskOnceAsync(venue, instrument, level, interval).WaitAsync(cancellationToken)
            : Task.FromResult<Bar?>(null);

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    // It is shared, and therefore ends with none of those who wait for it.
    private Task<Bar?> AskOnceAsync(ConnectedVenue venue, Instrument instrument, BarLevel level, CandleInterval interval)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (entries.TryGetValue((instrument, level), out var known) && now - known.AskedAt < FreshFor)
                return known.Answer;

            if (entries.Count >= EntriesMax)
                entries.Remove(entries.MinBy(entry => entry.Value.AskedAt).Key);
            var answer = AskAsync(venue, instrument, level, interval);
            entries[(instrument, level)] = new(answer, now);
            return answer;
        }
    }

    private async Task<Bar?> AskAsync(ConnectedVenue venue, Instrument instrument, BarLevel level, CandleInterval interval)
    {
        var id = await instruments.IdAsync(venue.Venue, new(instrument.Market, instrument.Kind), closing.Token);
        var last = (await bars.ExtentAsync(id, level, closing.Token))?.Last;
        var running = level.StartOf(time.GetUtcNow());
        // From the last one on, as long as one page reaches up to now: what lies between is a gap, and healed as one.
        var isNear = last is { } at && (running - at).Ticks / level.Length.Ticks < VenueBars.PageMax / 4;
        if (await venue.Parts.MarketData.CandlesAsync(instrument, interval, isNear ? last : null, VenueBars.PageMax, closing.Token)
            is not VenueAnswer<IReadOnlyList<Candle>>.Answered { Value: var candles })
            return null;

        await bars.WriteAsync(
            [
                .. candles.Where(candle => candle.OpenTime < running)
                    .Select(candle => new BarRow(id, level, VenueBars.BarOf(candle), BarOrigin.Fetched)),
            ],
            closing.Token);
        return candles.LastOrDefault(candle => candle.OpenTime == running) is { } open ? VenueBars.BarOf(open, BarState.Partial) : null;
    }

    private sealed record Entry(Task<Bar?> Answer, DateTimeOffset AskedAt);
}
