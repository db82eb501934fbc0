using Platform.Domain.Markets;
using Platform.Projections.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.History;

/// <summary>
/// Asks a venue for its latest bars when somebody looks at them, and stores those that are whole. Many who look at once share one
/// question, and the next one is asked no sooner than after five seconds.
/// </summary>
public sealed class BarCatchUp(ConnectedVenues venues, Instruments instruments, BarRows bars, TimeProvider time) : IDisposable
{
    private const int EntriesMax = 256;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    // A bar that ended has its last trade only then, and clocks differ: one that is stored stands over what the stream made of it.
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Dictionary<(Instrument, BarLevel), Entry> entries = [];

    /// <summary>
    /// What the venue has is stored when it returns; the bar that is running is answered, with one that has only just ended. None when
    /// there are none, or it did not say.
    /// </summary>
    public async Task<IReadOnlyList<Bar>> LatestAsync(Instrument instrument, BarLevel level, CancellationToken cancellationToken) =>
        level.Interval is { } interval && venues.Find(instrument.Venue) is { } venue
            ? (await AskOnceAsync(venue, instrument, level, interval).WaitAsync(cancellationToken)).Latest
            : [];

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    // It is shared, and therefore ends with none of those who wait for it.
    private Task<Heard> AskOnceAsync(ConnectedVenue venue, Instrument instrument, BarLevel level, CandleInterval interval)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (entries.TryGetValue((instrument, level), out var known) && now - known.AskedAt < FreshFor)
                return known.Answer;

            if (entries.Count >= EntriesMax)
                entries.Remove(entries.MinBy(entry => entry.Value.AskedAt).Key);
            var hasPage = known is { Answer: { IsCompletedSuccessfully: true, Result.HasPage: true } };
            var answer = AskAsync(venue, instrument, level, interval, hasPage);
            entries[(instrument, level)] = new(answer, now);
            return answer;
        }
    }

    private async Task<Heard> AskAsync(ConnectedVenue venue, Instrument instrument, BarLevel level, CandleInterval interval, bool hasPage)
    {
        var id = await instruments.IdAsync(venue.Venue, new(instrument.Market, instrument.Kind), closing.Token);
        var last = (await bars.ExtentAsync(id, level, closing.Token))?.Last;
        var now = time.GetUtcNow();
        var (running, latest) = (level.StartOf(now), level.StartOf(now - Lateness));
        // Who asks first gets a whole page, for there may be holes before the last bar. From then on the last bar is enough, as long as
        // one page reaches from it up to now: what lies between is a gap, and healed as one.
        var isNear = last is { } at && (running - at).Ticks / level.Length.Ticks < VenueBars.PageMax / 4;
        if (await venue.Parts.MarketData.CandlesAsync(instrument, interval, hasPage && isNear ? last : null, VenueBars.PageMax, closing.Token)
            is not VenueAnswer<IReadOnlyList<Candle>>.Answered { Value: var candles })
            return new(Latest: [], hasPage);

        await bars.WriteAsync(
            [
                .. candles.Where(candle => candle.OpenTime < latest)
                    .Select(candle => new BarRow(id, level, VenueBars.BarOf(candle), BarOrigin.Fetched)),
            ],
            closing.Token);
        return new(
            [
                .. candles.Where(candle => candle.OpenTime >= latest && candle.OpenTime <= running)
                    .Select(candle => VenueBars.BarOf(candle, candle.OpenTime == running ? BarState.Partial : BarState.Traded)),
            ],
            HasPage: true);
    }

    private sealed record Entry(Task<Heard> Answer, DateTimeOffset AskedAt);

    private sealed record Heard(IReadOnlyList<Bar> Latest, bool HasPage);
}
