using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets;

/// <summary>Candles of any length: minutes of watched markets from the board, all else from the venue, for 5 s.</summary>
public sealed class CandleHistory(ConnectedVenues venues, MarketCatalog catalog, MarketBoard board, TimeProvider time) : IDisposable
{
    /// <summary>The most candles that are answered at once.</summary>
    public const int PageMax = 1000;

    private const int EntriesMax = 256;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Dictionary<(Symbol, CandleInterval), Entry> entries = [];

    /// <summary>The latest candles, oldest first, holes filled forward and marked.</summary>
    /// <param name="limit">1 to <see cref="PageMax"/>.</param>
    public async Task<VenueAnswer<IReadOnlyList<Candle>>> LatestAsync(
        Symbol market, CandleInterval interval, int limit, CancellationToken cancellationToken)
    {
        if (interval is CandleInterval.OneMinute && board.Candles(market, limit) is { Count: > 0 } minutes)
            return new VenueAnswer<IReadOnlyList<Candle>>.Answered(minutes);

        var answer = await AskOnceAsync(market, interval).WaitAsync(cancellationToken);
        return answer.Map(candles => Candles.FillForward(candles, interval, limit));
    }

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
    }

    // Many charts ask at once for the same: they share one call, which therefore ends with none of them.
    private Task<VenueAnswer<IReadOnlyList<Candle>>> AskOnceAsync(Symbol market, CandleInterval interval)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (entries.TryGetValue((market, interval), out var known) && now - known.AskedAt < FreshFor)
                return known.Answer;

            if (entries.Count >= EntriesMax)
                entries.Remove(entries.MinBy(entry => entry.Value.AskedAt).Key);
            var answer = AskAsync(market, interval);
            entries[(market, interval)] = new(answer, now);
            return answer;
        }
    }

    private Task<VenueAnswer<IReadOnlyList<Candle>>> AskAsync(Symbol market, CandleInterval interval) =>
        catalog.Find(market).Match(
            listed => venues.Home.Parts.MarketData.CandlesAsync(
                listed.Instrument, interval, from: null, PageMax, closing.Token),
            () => Task.FromResult<VenueAnswer<IReadOnlyList<Candle>>>(
                new VenueAnswer<IReadOnlyList<Candle>>.NotFound("The venue lists no such market.")),
            () => Task.FromResult<VenueAnswer<IReadOnlyList<Candle>>>(
                new VenueAnswer<IReadOnlyList<Candle>>.Unknown(UnknownCause.Disconnected, "The venue was never reached.")));

    private sealed record Entry(Task<VenueAnswer<IReadOnlyList<Candle>>> Answer, DateTimeOffset AskedAt);
}
