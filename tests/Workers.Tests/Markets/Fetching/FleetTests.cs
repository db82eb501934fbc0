using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets.Fetching;
using Platform.Projections.Markets;
using Platform.Workers.Markets.Fetching;

namespace Platform.Workers.Tests.Markets.Fetching;

/// <summary>What the fleet does for every fetcher, shown on one that is a file and a line of registration.</summary>
public sealed class FleetTests(FleetDatabase database) : IClassFixture<FleetDatabase>
{
    private const string Levels = """{"2026-11-20":1.5,"2026-11-21":1.75,"2026-11-23":2}""";

    private static readonly DateTimeOffset Day = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fetcher_of_one_file_and_one_line_is_run_kept_and_reported()
    {
        await using var gauge = await LoopbackVenue.SayingAsync(200, Levels);
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = stand.NewRiverNode(gauge);
        Assert.Equal(FetcherState.Waiting, (await node.ReportAsync(RiverLevels.Id)).State);

        var outcome = await node.RunAsync(RiverLevels.Id);

        Assert.Null(outcome.Failed);
        Assert.Equal(
            [(Day, 1.5m), (Day.AddDays(1), 1.75m), (Day.AddDays(3), 2m)],
            (await node.KnownAsync(RiverLevels.Id)).Select(fact => (fact.At, ((Observation)fact.Content).Value!.Value)));
        var report = await node.ReportAsync(RiverLevels.Id);
        Assert.Equal(
            (FetcherState.Fresh, TimeSpan.Zero, 3L, 1L, 0.001m, Day.AddDays(3)),
            (report.State, report.Age, report.Row!.Facts, report.Row.Calls, report.Row.Cost, report.Row.NewestAt));
    }

    [Fact]
    public async Task Day_that_the_source_left_out_is_a_gap_and_so_is_what_is_late()
    {
        await using var gauge = await LoopbackVenue.SayingAsync(200, Levels);
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = stand.NewRiverNode(gauge);
        await node.RunAsync(RiverLevels.Id);
        Assert.Equal(1, (await node.ReportAsync(RiverLevels.Id)).Row!.Gaps);

        stand.Time.Advance(TimeSpan.FromDays(2));
        var gaps = await node.Of<FetchedFacts>().GapsAsync(node.Of<RiverLevels>().Terms, Day, stand.Time.GetUtcNow(), Cancel);

        Assert.Equal(
        [
            new(RiverLevels.Id, "river", Day.AddDays(2), Day.AddDays(3), GapCause.Missing),
            new(RiverLevels.Id, "river", Day.AddDays(4), stand.Time.GetUtcNow(), GapCause.Late),
        ], gaps);
    }

    [Fact]
    public async Task Same_answer_again_changes_nothing()
    {
        await using var gauge = await LoopbackVenue.SayingAsync(200, Levels);
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = stand.NewRiverNode(gauge);
        await node.RunAsync(RiverLevels.Id);

        stand.Time.Advance(TimeSpan.FromHours(1));
        var again = await node.RunAsync(RiverLevels.Id);

        Assert.Equal((1, 0), (again.Calls, again.Facts));
        Assert.Equal((3L, 1L), (await stand.CountAsync("fetched_fact", RiverLevels.Id), await stand.CountAsync("fetched_raw", RiverLevels.Id)));
    }

    [Fact]
    public async Task Restated_value_is_a_revision_and_what_was_known_before_stays()
    {
        var said = Levels;
        await using var gauge = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(said, Cancel));
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = stand.NewRiverNode(gauge);
        await node.RunAsync(RiverLevels.Id);
        stand.Time.Advance(TimeSpan.FromHours(1));
        said = Levels.Replace("1.75", "1.8", StringComparison.Ordinal);

        Assert.Equal(1, (await node.RunAsync(RiverLevels.Id)).Facts);

        Assert.Equal([1.5m, 1.8m, 2m], Values(await node.KnownAsync(RiverLevels.Id)));
        Assert.Equal([1.5m, 1.75m, 2m], Values(await node.KnownAsync(RiverLevels.Id, at: FleetStand.Start.AddMinutes(59))));
        Assert.Empty(await node.KnownAsync(RiverLevels.Id, at: FleetStand.Start.AddTicks(-10)));
        Assert.Equal(
            [1.75m, 1.8m], Values(await node.Of<FetchedFacts>().RevisionsAsync(RiverLevels.Id, "river", Day.AddDays(1), Cancel)));
    }

    [Fact]
    public async Task Fetcher_is_not_asked_again_before_its_time_whatever_restarts()
    {
        await using var gauge = await LoopbackVenue.SayingAsync(200, Levels);
        await using var stand = await FleetStand.RaiseAsync(database);
        await RunDueAsync(stand.NewRiverNode(gauge), stand);

        for (var restart = 0; restart < 3; restart++)
        {
            stand.Time.Advance(TimeSpan.FromMinutes(3));
            await stand.NewRiverNode(gauge).RunDueAsync();
        }

        Assert.Equal(1, gauge.CallsTo("/levels"));
        stand.Time.Advance(TimeSpan.FromMinutes(3));
        await stand.NewRiverNode(gauge).RunDueAsync();
        Assert.Equal(2, gauge.CallsTo("/levels"));
    }

    [Fact]
    public async Task Of_several_nodes_one_runs_a_fetcher_at_a_time()
    {
        var asked = new TaskCompletionSource();
        var answered = new TaskCompletionSource();
        await using var gauge = await LoopbackVenue.StartAsync(async context =>
        {
            asked.TrySetResult();
            await answered.Task.WaitAsync(Cancel);
            await context.Response.WriteAsync(Levels, Cancel);
        });
        await using var stand = await FleetStand.RaiseAsync(database);
        var (first, second) = (stand.NewRiverNode(gauge), stand.NewRiverNode(gauge));
        var running = RunDueAsync(first, stand);
        await asked.Task.WaitAsync(Cancel);

        await second.RunDueAsync();
        Assert.Null(Assert.Single(await second.Fleet.RunNowAsync([second.Of<RiverLevels>()], Cancel)).Outcome);
        answered.SetResult();
        await running;

        Assert.Equal(1, gauge.CallsTo("/levels"));
    }

    [Fact]
    public async Task Node_that_hangs_is_followed_by_another_and_stores_nothing_when_it_comes_back()
    {
        var asked = new TaskCompletionSource();
        var answered = new TaskCompletionSource();
        var calls = 0;
        await using var gauge = await LoopbackVenue.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                asked.SetResult();
                await answered.Task.WaitAsync(Cancel);
                await context.Response.WriteAsync("""{"1999-01-01":9}""", Cancel);
            }
            else
            {
                await context.Response.WriteAsync(Levels, Cancel);
            }
        });
        await using var stand = await FleetStand.RaiseAsync(database);
        // Its clock stands still, as that of a machine that is stopped.
        var hanging = stand.NewRiverNode(gauge, ("Platform:Fetchers:CallTimeout", "00:01:00"));
        var (table, river) = (hanging.Of<FetcherTable>(), hanging.Of<RiverLevels>());
        await table.RegisterAsync([(RiverLevels.Id, FleetStand.Start, FleetStand.Start)], FleetStand.Start, Cancel);
        var lease = await table.ClaimAsync(
            [RiverLevels.Id], FleetStand.Start, FleetStand.Start.AddSeconds(10), isDueAnyway: false, Cancel);
        var late = hanging.Of<FetchRun>().RunAsync(river, lease!, Cancel);
        await asked.Task.WaitAsync(Cancel);

        stand.Time.Advance(TimeSpan.FromSeconds(11));
        await stand.NewRiverNode(gauge).RunDueAsync();
        answered.SetResult();

        await Assert.ThrowsAsync<LeaseLostException>(() => late);
        Assert.Equal([1.5m, 1.75m, 2m], Values(await hanging.KnownAsync(RiverLevels.Id)));
    }

    [Fact]
    public async Task Answer_that_nobody_can_read_is_kept_for_a_parser_that_can()
    {
        await using var gauge = await LoopbackVenue.SayingAsync(200, """{"2026-11-20":"high"}""");
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = stand.NewRiverNode(gauge);

        Assert.Equal(FetchFault.Unreadable, (await node.RunAsync(RiverLevels.Id)).Failed?.Fault);

        Assert.Equal(1, await stand.CountAsync("fetched_raw", RiverLevels.Id));
        Assert.Null((await node.Of<FetcherTable>().ClaimAsync(
            [RiverLevels.Id], stand.Time.GetUtcNow(), stand.Time.GetUtcNow(), isDueAnyway: true, Cancel))!.Position);
    }

    [Fact]
    public async Task Better_parser_reads_all_answers_again_with_the_revisions_they_made()
    {
        var said = Levels;
        await using var gauge = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(said, Cancel));
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = stand.NewRiverNode(gauge);
        await node.RunAsync(RiverLevels.Id);
        stand.Time.Advance(TimeSpan.FromHours(1));
        said = Levels.Replace("1.75", "1.8", StringComparison.Ordinal);
        await node.RunAsync(RiverLevels.Id);
        var river = node.Of<RiverLevels>();
        Assert.Equal(new(2, 0, 0), await node.Of<FetchHistory>().ReadAgainAsync(river, Cancel));

        river.ReadsCentimeters = true;

        Assert.Equal(new(2, 0, 4), await node.Of<FetchHistory>().ReadAgainAsync(river, Cancel));
        Assert.Equal([150m, 180m, 200m], Values(await node.KnownAsync(RiverLevels.Id)));
        Assert.Equal([150m, 175m, 200m], Values(await node.KnownAsync(RiverLevels.Id, at: FleetStand.Start)));
        Assert.Equal(new(2, 0, 0), await node.Of<FetchHistory>().ReadAgainAsync(river, Cancel));
    }

    [Fact]
    public async Task What_was_kept_long_enough_is_forgotten_but_for_the_newest_answer()
    {
        var said = """{"2026-11-20":1}""";
        await using var gauge = await LoopbackVenue.StartAsync(context => context.Response.WriteAsync(said, Cancel));
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = stand.NewRiverNode(gauge);
        foreach (var answer in (string[])["""{"2026-11-20":1}""", """{"2026-11-20":2}"""])
        {
            said = answer;
            await node.RunAsync(RiverLevels.Id);
            stand.Time.Advance(TimeSpan.FromDays(20));
        }

        await node.Of<FetchEviction>().EvictAsync(Cancel);
        Assert.Equal((1L, 2L), (await stand.CountAsync("fetched_raw", RiverLevels.Id), await stand.CountAsync("fetched_fact", RiverLevels.Id)));
        stand.Time.Advance(TimeSpan.FromDays(3_625));
        await node.Of<FetchEviction>().EvictAsync(Cancel);
        Assert.Equal((1L, 1L), (await stand.CountAsync("fetched_raw", RiverLevels.Id), await stand.CountAsync("fetched_fact", RiverLevels.Id)));
    }

    [Fact]
    public async Task Fetcher_that_brings_nothing_becomes_stale_and_fresh_again()
    {
        var status = 200;
        await using var gauge = await LoopbackVenue.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(Levels, Cancel);
        });
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = stand.NewRiverNode(gauge);
        await node.RunAsync(RiverLevels.Id);
        status = 500;
        stand.Time.Advance(TimeSpan.FromMinutes(61));
        await node.RunAsync(RiverLevels.Id);

        var report = await node.ReportAsync(RiverLevels.Id);
        Assert.Equal((FetcherState.Stale, TimeSpan.FromMinutes(61), "ServerError", 1), (report.State, report.Age, report.Row!.Fault, report.Row.Failures));
        status = 200;
        await node.RunAsync(RiverLevels.Id);
        var after = await node.ReportAsync(RiverLevels.Id);
        Assert.Equal((FetcherState.Fresh, 0), (after.State, after.Row!.Failures));
    }

    // The first run is spread over some seconds behind the start.
    private static async Task RunDueAsync(FleetStand.Node node, FleetStand stand)
    {
        await node.RunDueAsync();
        stand.Time.Advance(TimeSpan.FromSeconds(10));
        await node.RunDueAsync();
    }

    private static IEnumerable<decimal?> Values(IEnumerable<Fact> facts) => facts.Select(fact => ((Observation)fact.Content).Value);
}
