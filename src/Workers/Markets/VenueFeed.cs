using Microsoft.Extensions.Logging;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Streams;

namespace Platform.Workers.Markets;

/// <summary>
/// What one venue says, put on the board: its stream brings what changes, a snapshot after each connection or lost book brings
/// what was missed, and a poll brings the day's summary and confirms quotes that do not move.
/// </summary>
internal sealed partial class VenueFeed(
    ConnectedVenue venue, MarketBoard board, IReadOnlyList<IVenueTap> taps, TimeProvider time, Random random, ILogger logger)
    : IMarketSink, IDisposable
{
    private const int SnapshotLevels = 1000;
    private const int PageMax = 1000;
    private static readonly TimeSpan DayPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    private readonly IVenueMarketData source = venue.Parts.MarketData;
    // Readers are warned before the connection is given up.
    private readonly VenuePulse pulse = new(venue.Link.Silence / 2, time);
    private readonly ConflatingQueue<Missing> behind = new();
    private readonly Dictionary<Instrument, MarketMemory> watched = new(ReferenceEqualityComparer.Instance);
    private volatile bool isConnected;
    private CancellationTokenSource restarting = new();

    public bool IsConnected => isConnected;

    /// <summary>What is followed; before it is run.</summary>
    public void Watch(IReadOnlyList<Instrument> instruments)
    {
        foreach (var instrument in instruments)
            watched[instrument] = board.Watch(instrument, source.BookRules, pulse);
        foreach (var tap in taps)
            tap.Follow(instruments);
    }

    /// <summary>Ends only by being canceled, or by a defect; can be run again after it ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Instrument[] instruments = [.. watched.Keys];
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var inTurn = new TurnTakingSink(this);
        Task[] parts =
        [
            StreamAsync(instruments, inTurn, together.Token), CatchUpAsync(together.Token), PollAsync(instruments, inTurn, together.Token),
            TellSilenceAsync(together.Token),
        ];
        try
        {
            await await Task.WhenAny(parts);
        }
        finally
        {
            await together.CancelAsync();
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            LogLeft(venue.Venue);
            Lose("It is not followed any more.");
        }
    }

    public void Connected()
    {
        isConnected = true;
        pulse.Beat();
        LoseBooks("connected anew");
        foreach (var tap in taps)
            tap.Connected();
    }

    public void Disconnected(string reason)
    {
        LogDisconnected(venue.Venue, reason);
        Lose(reason);
    }

    public void Heard()
    {
        pulse.Beat();
        foreach (var tap in taps)
            tap.Heard();
    }

    public void Traded(Instrument instrument, in PublicTrade trade)
    {
        if (!watched.TryGetValue(instrument, out var memory))
            return;
        memory.Apply(trade);
        foreach (var tap in taps)
            tap.Traded(instrument, trade);
    }

    public void Quoted(Instrument instrument, in VenueQuote quote)
    {
        if (!watched.TryGetValue(instrument, out var memory))
            return;
        memory.Apply(quote);
        foreach (var tap in taps)
            tap.Quoted(instrument, quote);
    }

    public void DepthChanged(Instrument instrument, in DepthUpdate update)
    {
        if (!watched.TryGetValue(instrument, out var memory))
            return;
        var (state, isLost) = memory.Apply(update);
        if (state is not BookState.Synced)
            behind.Offer(new(instrument, IsBookAlone: true));
        foreach (var tap in taps)
            tap.DepthChanged(instrument, update);
        if (isLost)
            BookLost(instrument);
    }

    public void BookLost(Instrument instrument)
    {
        foreach (var tap in taps)
            tap.BookLost(instrument);
    }

    public void BarChanged(Instrument instrument, CandleInterval interval, Candle candle)
    {
        if (interval is CandleInterval.OneMinute && watched.TryGetValue(instrument, out var memory))
            memory.Apply([candle]);
        foreach (var tap in taps)
            tap.BarChanged(instrument, interval, candle);
    }

    public void DayChanged(Instrument instrument, DaySummary day)
    {
        if (watched.TryGetValue(instrument, out var memory))
            memory.Apply(day);
        foreach (var tap in taps)
            tap.DayChanged(instrument, day);
    }

    public void StatusChanged(VenueStatus status)
    {
        foreach (var tap in taps)
            tap.StatusChanged(status);
    }

    /// <summary>A person stopped it: whoever reads a book is told why.</summary>
    public void Killed(string why)
    {
        foreach (var memory in watched.Values)
            memory.StopBook($"killed: {why}");
    }

    public void Dispose() => restarting.Dispose();

    private void Lose(string reason)
    {
        isConnected = false;
        LoseBooks("disconnected");
        foreach (var tap in taps)
            tap.Disconnected(reason);
    }

    private void LoseBooks(string reason)
    {
        foreach (var (instrument, memory) in watched)
        {
            memory.LoseBook(reason);
            behind.Offer(new(instrument, IsBookAlone: false));
        }
    }

    private async Task StreamAsync(IReadOnlyList<Instrument> instruments, TurnTakingSink inTurn, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
            try
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, restarting.Token);
                await source.StreamAsync(instruments, inTurn, either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                restarting.Dispose();
                restarting = new();
                inTurn.Disconnected("A book must begin anew.");
            }
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var backOff = new BackOff(time, random);
        var attempts = new Dictionary<Instrument, long>(ReferenceEqualityComparer.Instance);
        await foreach (var missing in behind.ReadAllAsync(cancellationToken))
        {
            // A book that will not stay joined is not asked for in a circle.
            if (attempts.TryGetValue(missing.Of, out var last) && time.GetElapsedTime(last) < Calm)
                await backOff.WaitAsync(cancellationToken);
            else
                backOff.Reset();

            attempts[missing.Of] = time.GetTimestamp();
            if (isConnected && !await CatchUpAsync(missing, watched[missing.Of], cancellationToken))
                behind.Offer(missing);
        }
    }

    /// <summary>False while the book could not be joined to its stream.</summary>
    private async Task<bool> CatchUpAsync(Missing missing, MarketMemory memory, CancellationToken cancellationToken)
    {
        if (!missing.IsBookAlone)
            await FillAsync(missing.Of, memory, cancellationToken);
        if (memory.Book(levels: 0).Book.State is BookState.Synced)
            return true;
        if (source.BooksComeWithSnapshots)
            return await AskInStreamAsync(missing);

        return await source.DepthAsync(missing.Of, SnapshotLevels, cancellationToken)
            is VenueAnswer<DepthSnapshot>.Answered { Value: var snapshot }
            && isConnected && memory.Apply(snapshot) is BookState.Synced;
    }

    // After a new connection the snapshots are on their way already.
    private async Task<bool> AskInStreamAsync(Missing missing)
    {
        if (missing.IsBookAlone && !source.TryRequestSnapshot(missing.Of))
            await restarting.CancelAsync();
        return true;
    }

    private async Task FillAsync(Instrument instrument, MarketMemory memory, CancellationToken cancellationToken)
    {
        if (await source.TradesAsync(instrument, since: null, PageMax, cancellationToken)
            is VenueAnswer<IReadOnlyList<PublicTrade>>.Answered { Value: { Count: > 0 } trades })
            memory.Apply(trades);
        if (await source.CandlesAsync(
                instrument, CandleInterval.OneMinute, from: null, MarketMemory.CandlesMax, cancellationToken)
            is VenueAnswer<IReadOnlyList<Candle>>.Answered { Value: { Count: > 0 } candles })
            memory.Apply(candles);
    }

    private async Task PollAsync(IReadOnlyList<Instrument> instruments, TurnTakingSink inTurn, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(DayPeriod, time);
        do
            if (await source.DaysAsync(instruments, cancellationToken)
                is VenueAnswer<IReadOnlyList<(Instrument, DaySummary)>>.Answered { Value: var days })
                foreach (var (instrument, day) in days)
                    inTurn.DayChanged(instrument, day);
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    // Time alone makes a book stale, and whoever watches it is to hear of it all the same.
    private async Task TellSilenceAsync(CancellationToken cancellationToken)
    {
        var wasSilent = false;
        using var timer = new PeriodicTimer(venue.Link.Silence / 20, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var isSilent = pulse.SilentSince is not null;
            if (isSilent == wasSilent)
                continue;

            wasSilent = isSilent;
            foreach (var memory in watched.Values)
                memory.TellBook();
        }
    }

    [LoggerMessage(LogLevel.Information, "The market stream of {Venue} is not followed any more")]
    private partial void LogLeft(VenueId venue);

    [LoggerMessage(LogLevel.Warning, "The market stream of {Venue} broke: {Reason}")]
    private partial void LogDisconnected(VenueId venue, string reason);

    /// <param name="IsBookAlone">The connection holds, but the book in it was lost.</param>
    private readonly record struct Missing(Instrument Of, bool IsBookAlone);
}
