using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Platform.Domain.Markets;
using Platform.Domain.Snapshots;
using Platform.Domain.Values;
using Platform.Projections.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Aggregation;
using Platform.Workers.Markets.History;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Tests.Markets;

public sealed class GapDetectorTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2024, 1, 10, 12, 0, 5, TimeSpan.Zero);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider time = new(Start);
    private LoopbackVenue venue = null!;
    private MarketRows rows = null!;
    private IHost host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private BarGaps Gaps => host.Services.GetRequiredService<BarGaps>();

    private ConnectedVenues Venues => host.Services.GetRequiredService<ConnectedVenues>();

    public async ValueTask InitializeAsync()
    {
        venue = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(HealingHost.Instruments, Cancel));
        rows = await MarketRows.MakeAsync();
        host = await HealingHost.MakeAsync(venue, rows, time, "one", "two");
        await Gaps.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Gaps.StopAsync(Cancel);
        host.Dispose();
        await rows.DisposeAsync();
        await venue.DisposeAsync();
    }

    [Fact]
    public async Task Jump_between_dense_ids_is_a_gap_that_names_them_and_a_repeat_or_a_new_connection_is_none()
    {
        var (ear, instrument) = Ear("paper");

        Trade(ear, instrument, 100);
        time.Advance(TimeSpan.FromSeconds(1));
        Trade(ear, instrument, 101);
        time.Advance(TimeSpan.FromSeconds(70));
        Trade(ear, instrument, 105);
        Trade(ear, instrument, 105);
        Trade(ear, instrument, 103);
        Trade(ear, instrument, 106);
        ear.Connected();
        Trade(ear, instrument, 200);

        Assert.Equal(
            [("disconnect", null, 1, 2), ("trade_ids", "102-104", 0, 2)],
            (await GapsAsync(2)).OrderBy(gap => gap.Cause, StringComparer.Ordinal)
                .Select(gap => (gap.Cause, gap.Evidence, MinuteOf(gap.From), MinuteOf(gap.To))));
        Assert.All(await GapsAsync(2), gap => Assert.Equal(("paper/BTC-USDT", GapState.Suspect), (gap.Bin, gap.State)));
    }

    [Fact]
    public async Task Minute_of_a_trade_that_comes_too_late_or_from_the_future_is_suspected()
    {
        var (ear, instrument) = Ear("paper");

        Trade(ear, instrument, 1, age: TimeSpan.FromSeconds(10));
        Trade(ear, instrument, 2, age: TimeSpan.FromSeconds(-1));
        Trade(ear, instrument, 3, age: TimeSpan.FromSeconds(191));
        Trade(ear, instrument, 4, age: TimeSpan.FromSeconds(-60));

        Assert.Equal([("clock", -4, -3), ("clock", 1, 2)], (await GapsAsync(2)).Select(gap => (gap.Cause, MinuteOf(gap.From), MinuteOf(gap.To))).Order());
    }

    [Fact]
    public async Task Stream_was_away_since_it_was_last_heard_though_the_venue_answered_questions()
    {
        var (ear, instrument) = Ear("paper");

        ear.Heard();
        time.Advance(TimeSpan.FromMinutes(5));
        ear.DayChanged(instrument, new(null, null, default, null, default, null, null, null, default, null, time.GetUtcNow()));
        ear.Connected();

        Assert.Equal(("disconnect", 0, 6), Assert.Single(await GapsAsync(1)) is var gap ? (gap.Cause, MinuteOf(gap.From), MinuteOf(gap.To)) : default);
    }

    [Fact]
    public async Task Lost_book_is_evidence_against_the_running_minute()
    {
        var (ear, instrument) = Ear("paper");

        ear.BookLost(instrument);
        ear.BookLost(instrument);

        Assert.Equal(("book_desync", 0, 1), Assert.Single(await GapsAsync(1)) is var gap ? (gap.Cause, MinuteOf(gap.From), MinuteOf(gap.To)) : default);
    }

    [Fact]
    public async Task What_is_suspected_while_the_database_breaks_off_is_written_down_when_it_is_back()
    {
        var (ear, instrument) = Ear("paper");
        await using (var busy = await rows.Database.OpenConnectionAsync(Cancel))
        {
            await using var holding = await busy.BeginTransactionAsync(Cancel);
            await using var hold = new NpgsqlCommand("lock table platform.series_gap in access exclusive mode", busy, holding);
            await hold.ExecuteNonQueryAsync(Cancel);
            ear.BookLost(instrument);
            await Eventually.IsTrueAsync("the write is cut off", Deadline, CutOffAsync, Cancel);
        }

        await Eventually.IsTrueAsync("it is written later", Deadline, async waiting =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            return (await rows.Gaps.LatestAsync(10, waiting)).Any(gap => gap.Cause is "book_desync");
        }, Cancel);

        async Task<bool> CutOffAsync(CancellationToken waiting)
        {
            await using var cut = rows.Database.CreateCommand(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
            return await cut.ExecuteScalarAsync(waiting) is > 0L;
        }
    }

    [Fact]
    public void Book_is_lost_once_by_the_change_that_does_not_follow()
    {
        var memory = new MarketMemory(Symbol.From("BTC-USDT"), BookRules.BinanceSpot, new VenuePulse(Deadline, time), time, _ => { });
        BookLevel[] bids = [new(Price.From(1), Quantity.From(1))];
        memory.Apply(new DepthUpdate { IsSnapshot = true, LastUpdateId = 10, Bids = bids });

        Assert.Equal((BookState.Synced, false), memory.Apply(new DepthUpdate { FirstUpdateId = 11, LastUpdateId = 12, Bids = bids }));
        Assert.Equal((BookState.Desynced, true), memory.Apply(new DepthUpdate { FirstUpdateId = 15, LastUpdateId = 16, Bids = bids }));
        Assert.Equal((BookState.Desynced, false), memory.Apply(new DepthUpdate { FirstUpdateId = 17, LastUpdateId = 18, Bids = bids }));
    }

    [Fact]
    public async Task Market_that_is_silent_while_two_others_trade_it_is_suspected_and_again_when_the_silence_has_doubled()
    {
        await TradedEveryAsync(TimeSpan.FromSeconds(20), Start.AddDays(-2));
        var (paper, one, two) = (Ear("paper"), Ear("one"), Ear("two"));
        var ids = new Dictionary<IMarketSink, long>();
        Trade(paper.Ear, paper.Instrument, 1);

        await AfterAsync(155, one);
        await AfterAsync(165, one);
        await AfterAsync(170, two);
        Assert.Equal(("silence", 0, 3), Assert.Single(await GapsAsync(1)) is var gap ? (gap.Cause, MinuteOf(gap.From), MinuteOf(gap.To)) : default);
        await AfterAsync(330, one, two);
        await AfterAsync(345, one, two);

        Assert.Equal([(2, 6), (0, 3)], (await GapsAsync(2)).Select(gap => (MinuteOf(gap.From), MinuteOf(gap.To))));

        async Task AfterAsync(int seconds, params (IMarketSink Ear, Instrument Instrument)[] peers)
        {
            time.SetUtcNow(Start.AddSeconds(seconds));
            foreach (var (ear, instrument) in peers)
            {
                ids[ear] = ids.GetValueOrDefault(ear) + 1;
                Trade(ear, instrument, ids[ear]);
            }

            await Gaps.WatchAsync(Cancel);
        }
    }

    [Fact]
    public async Task Trades_that_are_missing_for_longer_than_they_are_asked_for_are_a_gap()
    {
        var tap = host.Services.GetRequiredService<AggregatorTap>();
        var aggregator = host.Services.GetRequiredService<Aggregator>();
        var (_, instrument) = Ear("paper");
        await tap.StartAsync(Cancel);
        var sink = tap.Tap(Venues.Home);
        Trade(sink, instrument, 7);
        var intake = aggregator.Intake(Venues.Home.Venue).List(instrument);
        await Eventually.IsTrueAsync("the trade is counted", Deadline, _ => Task.FromResult(Counted()), Cancel);

        time.Advance(TimeSpan.FromHours(2));
        sink.Connected();

        Assert.Equal(("trades_missed", 0, 121), Assert.Single(await GapsAsync(1)) is var gap ? (gap.Cause, MinuteOf(gap.From), MinuteOf(gap.To)) : default);
        await tap.StopAsync(Cancel);

        bool Counted()
        {
            foreach (var shard in aggregator.Shards)
                aggregator.Flush(shard, time.GetUtcNow());
            return intake.Mark is not null;
        }
    }

    [Fact]
    public void Clock_that_was_set_is_seen_once_and_time_that_passes_is_not()
    {
        var clock = new SetClock();
        var watch = new ClockWatch(clock);

        Assert.Null(watch.Jumped());
        clock.Set(TimeSpan.FromHours(1));
        var forward = watch.Jumped();
        Assert.Null(watch.Jumped());
        clock.Set(TimeSpan.FromMinutes(-30));
        var back = watch.Jumped();

        Assert.Equal(60, (forward!.Value.To - forward.Value.From).TotalMinutes, tolerance: 0.1);
        Assert.Equal(90, (back!.Value.To - back.Value.From).TotalMinutes, tolerance: 0.1);
    }

    [Fact]
    public void Clock_is_not_set_by_a_thread_that_stands_still_while_it_reads()
    {
        var clock = new StoppingClock();
        var watch = new ClockWatch(clock);

        clock.StopNext();

        Assert.Null(watch.Jumped());
        Assert.Null(watch.Jumped());
    }

    private static int MinuteOf(DateTimeOffset at) => (int)(at - Start.AddSeconds(-Start.Second)).TotalMinutes;

    private (IMarketSink Ear, Instrument Instrument) Ear(string name)
    {
        var of = Venues.Find(VenueId.From(name))!;
        var listed = host.Services.GetRequiredService<MarketCatalog>().Find(of.Venue, Symbol.From("BTC-USDT"));
        return (Gaps.Tap(of), Assert.IsType<MarketLookup.Listed>(listed).Instrument);
    }

    private void Trade(IMarketSink ear, Instrument instrument, long id, TimeSpan age = default)
    {
        ear.Heard();
        ear.Traded(instrument, new(id, Price.From(100), Quantity.From(1), TakerSide.Buy, time.GetUtcNow() - age));
    }

    private async Task<IReadOnlyList<Gap>> GapsAsync(int count) => await Eventually.AnswersAsync(
        $"{count} gaps", Deadline, async waiting => await rows.Gaps.LatestAsync(10, waiting) is var all && all.Count == count ? all : null, Cancel);

    private async Task TradedEveryAsync(TimeSpan gap, DateTimeOffset from)
    {
        var (id, price) = (await rows.InstrumentAsync("paper", "BTC-USDT"), Price.From(100));
        await rows.Bars.WriteAsync(
            [
                .. Enumerable.Range(0, 40).Select(trade => new BarRow(
                    id, BarLevel.Second,
                    new(BarLevel.Second.StartOf(from + (gap * trade)), new(price, price, price, price), Quantity.From(1), Notional.From(100), Trades: 1, BarState.Traded),
                    BarOrigin.Streamed)),
            ],
            Cancel);
    }

    /// <summary>It goes on by five seconds between two reads, once.</summary>
    private sealed class StoppingClock : TimeProvider
    {
        private TimeSpan passed;
        private bool isNext;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void StopNext() => isNext = true;

        public override DateTimeOffset GetUtcNow() => Start + Read();

        public override long GetTimestamp() => Read().Ticks;

        private TimeSpan Read()
        {
            var read = passed;
            if (isNext)
                passed += TimeSpan.FromSeconds(5);
            isNext = false;
            return read;
        }
    }

    private sealed class SetClock : TimeProvider
    {
        private TimeSpan ahead;

        public void Set(TimeSpan to) => ahead = to;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
