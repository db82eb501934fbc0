using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Domain.Values;
using Platform.Workers.Markets.Aggregation;

namespace Platform.Benchmarks.Markets;

/// <summary>
/// Ticks through a shard with all that it computes, against the same ticks written to a plain array; and how long an event
/// takes to show in a view while 20,000 others come in a second, against the telling's own 100 ms.
/// </summary>
public static class AggregatorBench
{
    private const int Markets = 500;
    private const int Venues = 10;
    private const int Ticks = 1_000_000;
    private const int WarmUps = 10;
    private const int Rounds = 30;
    private const int PerSecond = 20_000;

    // As often as the platform flushes at five million ticks a second.
    private const int TicksOfFlush = 250_000;

    private static readonly long Start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    private static readonly IReadOnlyList<(long, long)> Remembered = [.. Enumerable.Range(1, RecentTrades.Max).Select(id => ((long)id, Start))];

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel) => [Throughput(), await LatencyAsync(cancel)];

    private static BenchRow Throughput()
    {
        var shard = new MarketShard();
        for (var market = 0; market < Markets; market++)
        {
            shard.Add(MarketKey.From($"A{market}-USDT"), MarketScale.From(4, 8));
            for (short venue = 0; venue < Venues; venue++)
            {
                shard.List(market, venue);
                Fill(shard, market, venue);
            }
        }

        var ticks = Some();
        List<MarketDelta> changed = [];
        var (id, now, allocated) = ((long)RecentTrades.Max, Start, 0L);
        var (ours, plain) = (new Samples(), new Samples());
        for (var round = -WarmUps; round < Rounds; round++)
        {
            for (var i = 0; i < ticks.Length; i++)
                ticks[i] = ticks[i] with { At = now, Id = ++id };
            var before = GC.GetAllocatedBytesForCurrentThread();
            var begin = Stopwatch.GetTimestamp();
            for (var at = 0; at < Ticks; at += TicksOfFlush)
            {
                now += TimeSpan.TicksPerMillisecond * 50;
                shard.Apply(ticks.AsSpan(at, TicksOfFlush), now);
                changed.Clear();
                shard.Flush(now, changed);
            }

            var (our, more, plainly) =
                (Stopwatch.GetElapsedTime(begin), GC.GetAllocatedBytesForCurrentThread() - before, Plain(ticks));
            if (round < 0)
                continue;

            ours.Add(our);
            plain.Add(plainly);
            allocated += more;
        }

        return new(
            $"aggregate a tick of {Venues} venues on {Markets} markets, flushes included",
            $"{ours.Spread(Rate)} M/s, {(decimal)allocated / ((long)Rounds * Ticks):0.00} B a tick", $"{plain.Spread(Rate)} M/s",
            Samples.Ratio(ours.At(50), plain.At(50)));

        static string Rate(TimeSpan time) => $"{Ticks / time.TotalSeconds / 1_000_000:F1}";
    }

    // As after a busy minute: as many trades as are ever remembered, and some in each step of the minute.
    private static void Fill(MarketShard shard, int market, short venue)
    {
        shard.Restore(market, venue, new TradeMemory(RecentTrades.Max, 0, Remembered));
        for (var at = Start - TimeSpan.TicksPerMinute; at < Start; at += TradeBucket.Length)
            shard.Restore(new(market, venue, at, 1, 1, 1, 1, new(1, 1, 1), at, at, 0), []);
    }

    private static TimeSpan Plain(Tick[] ticks)
    {
        var slots = new (long Price, long Quantity, long AskPrice, long AskQuantity, long At)[Markets * Venues];
        var begin = Stopwatch.GetTimestamp();
        foreach (ref readonly var tick in ticks.AsSpan())
            slots[(tick.Market * Venues) + tick.Venue] = (tick.Price, tick.Quantity, tick.AskPrice, tick.AskQuantity, tick.At);
        return Stopwatch.GetElapsedTime(begin);
    }

    // Four quotes to a trade, as venues tell them.
    private static Tick[] Some()
    {
        var random = new Random(7);
        var ticks = new Tick[Ticks];
        for (var i = 0; i < Ticks; i++)
        {
            var (venue, market, price) = ((short)random.Next(Venues), random.Next(Markets), 1_000_000 + random.Next(1_000));
            ticks[i] = i % 5 == 0
                ? Tick.Trade(venue, market, Start, 0, price, 1_000)
                : Tick.Quote(venue, market, Start, price - 10, 1_000, price + 10, 1_000);
        }

        return ticks;
    }

    private static async Task<BenchRow> LatencyAsync(CancellationToken cancel)
    {
        var aggregator = new Aggregator(Options.Create(new AggregationOptions()), TimeProvider.System);
        using var loop = new AggregatorLoop(aggregator, TimeProvider.System);
        await loop.StartAsync(cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var load = Task.Run(() => LoadAsync(aggregator, stop.Token), cancel);

        var (seen, random) = (new Samples(), new Random(7));
        var watched = MarketKey.From("WATCHED-USDT");
        var intake = aggregator.Intake(new("one")).List(Of(watched));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var id = 1; id <= 400; id++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 20)), TimeProvider.System, cancel);
            var begin = Stopwatch.GetTimestamp();
            intake.Trade(Trade(id));
            while (aggregator.View(watched)?.Minute.Trades < id && await poll.WaitForNextTickAsync(cancel))
            {
                // Whoever reads a view does not wait for it either.
            }

            seen.Add(Stopwatch.GetElapsedTime(begin));
        }

        await stop.CancelAsync();
        await load;
        await loop.StopAsync(cancel);
        return new(
            "event to view at 20,000 events/s, p50 / p99", $"{Samples.Text(seen.At(50))} / {Samples.Text(seen.At(99))}",
            "100 ms", Samples.Ratio(seen.At(99), Aggregator.Telling));
    }

    private static async Task LoadAsync(Aggregator aggregator, CancellationToken cancel)
    {
        MarketIntake[] intakes = [.. Enumerable.Range(0, 100).Select(market =>
            aggregator.Intake(new($"venue{market % Venues}")).List(Of(MarketKey.From($"A{market / Venues}-USDT"))))];
        var begin = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        try
        {
            for (long id = 0; await timer.WaitForNextTickAsync(cancel);)
                for (var due = (long)(Stopwatch.GetElapsedTime(begin).TotalSeconds * PerSecond); id < due; id++)
                    intakes[id % intakes.Length].Trade(Trade(id + 1));
        }
        catch (OperationCanceledException)
        {
            // Measured.
        }
    }

    private static PublicTrade Trade(long id) =>
        new(id, Price.From(100 + (id % 7)), Quantity.From(1), TakerSide.Buy, TimeProvider.System.GetUtcNow());

    private static Instrument Of(MarketKey market) => new(
        new("any"), market.Value, market.Market, InstrumentKind.Spot,
        new(
            market.Market, new(0.01m, 0, 0), new(Quantity.From(0.001m), default, default), new(default, default, default),
            NotionalRules.None, 8, 2),
        IsTrading: true);
}
