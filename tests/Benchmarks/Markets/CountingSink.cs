using System.Diagnostics;
using Platform.Domain.Markets;
using Platform.Workers.Markets.Venues;

namespace Platform.Benchmarks.Markets;

/// <summary>Takes so many trades, and knows how long they took from the first to the last.</summary>
internal sealed class CountingSink(int expected) : IMarketSink
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long begin;
    private long before;
    private int count;

    public Task Done => done.Task;

    public TimeSpan Took { get; private set; }

    public long Allocated { get; private set; }

    public void Traded(Instrument instrument, in PublicTrade trade)
    {
        if (count++ == 0)
            (begin, before) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
        if (count != expected)
            return;

        (Took, Allocated) = (Stopwatch.GetElapsedTime(begin), GC.GetTotalAllocatedBytes() - before);
        done.TrySetResult();
    }

    public void Connected() => count = 0;

    public void Disconnected(string reason) => _ = reason;

    public void Heard() => _ = count;

    public void Quoted(Instrument instrument, in VenueQuote quote) => _ = quote;

    public void DepthChanged(Instrument instrument, in DepthUpdate update) => _ = update.IsSnapshot;

    public void BookLost(Instrument instrument) => _ = instrument;

    public void BarChanged(Instrument instrument, CandleInterval interval, Candle candle) => _ = candle;

    public void DayChanged(Instrument instrument, DaySummary day) => _ = day;

    public void StatusChanged(VenueStatus status) => _ = status;
}
