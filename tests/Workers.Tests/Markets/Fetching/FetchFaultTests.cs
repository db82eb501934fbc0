using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Fetching;

namespace Platform.Workers.Tests.Markets.Fetching;

/// <summary>Sources as they are on a bad day, on loopback.</summary>
public sealed class FetchFaultTests(FleetDatabase database) : IClassFixture<FleetDatabase>
{
    private const string Levels = """{"2026-11-20":1.5}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(429, FetchFault.Throttled)]
    [InlineData(418, FetchFault.Throttled)]
    [InlineData(500, FetchFault.ServerError)]
    [InlineData(503, FetchFault.ServerError)]
    [InlineData(404, FetchFault.Refused)]
    [InlineData(301, FetchFault.Refused)]
    public async Task Status_of_an_answer_says_what_is_wrong(int status, FetchFault fault)
    {
        await using var gauge = await LoopbackVenue.SayingAsync(status, Levels);
        await using var stand = await FleetStand.RaiseAsync(database);

        var failed = (await stand.NewRiverNode(gauge).RunAsync(RiverLevels.Id)).Failed;

        Assert.Equal(fault, failed?.Fault);
        Assert.Equal(0, await stand.CountAsync("fetched_raw", RiverLevels.Id));
    }

    [Fact]
    public async Task Source_that_says_when_is_asked_then_and_not_before()
    {
        await using var gauge = await LoopbackVenue.StartAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7200";
            return Task.CompletedTask;
        });
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = stand.NewRiverNode(gauge);
        await node.RunAsync(RiverLevels.Id);

        // Whatever restarts.
        stand.Time.Advance(TimeSpan.FromMinutes(1));
        node = stand.NewRiverNode(gauge);
        await node.RunDueAsync();
        stand.Time.Advance(TimeSpan.FromMinutes(118));
        await node.RunDueAsync();
        Assert.Equal(1, gauge.CallsTo("/levels"));
        stand.Time.Advance(TimeSpan.FromMinutes(3));
        await node.RunDueAsync();
        Assert.Equal(2, gauge.CallsTo("/levels"));
    }

    [Fact]
    public async Task Body_that_is_cut_off_is_no_answer()
    {
        await using var gauge = await LoopbackVenue.StartAsync(async context =>
        {
            context.Response.ContentLength = 1_000;
            await context.Response.WriteAsync(Levels, Cancel);
            await context.Response.Body.FlushAsync(Cancel);
            context.Abort();
        });
        await using var stand = await FleetStand.RaiseAsync(database);

        Assert.Equal(FetchFault.Disconnected, (await stand.NewRiverNode(gauge).RunAsync(RiverLevels.Id)).Failed?.Fault);
    }

    [Theory]
    [InlineData("text/html", "<html>Sign in to this network</html>")]
    [InlineData("application/json", "{\"2026-11-20\":1.5")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "")]
    public async Task Answer_to_another_question_is_none(string contentType, string body)
    {
        await using var gauge = await LoopbackVenue.StartAsync(context =>
        {
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync(body, Cancel);
        });
        await using var stand = await FleetStand.RaiseAsync(database);
        var node = stand.NewRiverNode(gauge);

        Assert.Equal(FetchFault.Unreadable, (await node.RunAsync(RiverLevels.Id)).Failed?.Fault);
        Assert.Empty(await node.KnownAsync(RiverLevels.Id));
    }

    [Fact]
    public async Task Source_that_does_not_answer_is_given_up()
    {
        var asked = new TaskCompletionSource();
        await using var gauge = await LoopbackVenue.StartAsync(async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await using var stand = await FleetStand.RaiseAsync(database);
        var run = stand.NewRiverNode(gauge).RunAsync(RiverLevels.Id);
        await asked.Task.WaitAsync(Cancel);

        stand.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(FetchFault.Timeout, (await run).Failed?.Fault);
    }

    [Fact]
    public async Task Source_that_is_not_there_is_told_without_its_query()
    {
        await using var stand = await FleetStand.RaiseAsync(database);
        await using var gauge = await LoopbackVenue.SayingAsync(200, Levels);
        var node = stand.NewRiverNode(gauge);
        node.Of<RiverLevels>().Query = "?token=secret-token";
        await gauge.DisposeAsync();

        var failed = (await node.RunAsync(RiverLevels.Id)).Failed;

        Assert.Equal(FetchFault.Disconnected, failed?.Fault);
        Assert.DoesNotContain("secret-token", failed!.ToString() + stand.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budget_of_a_source_holds_over_nodes_and_restarts()
    {
        await using var gauge = await LoopbackVenue.SayingAsync(200, Levels);
        await using var stand = await FleetStand.RaiseAsync(database);
        List<FetchFault?> faults = [];
        for (var node = 0; node < 4; node++)
        {
            var river = stand.NewRiverNode(gauge);
            river.Of<RiverLevels>().Budget = new("gauge", CallsMax: 2, TimeSpan.FromHours(2));
            faults.Add((await river.RunAsync(RiverLevels.Id)).Failed?.Fault);
            stand.Time.Advance(TimeSpan.FromMinutes(40));
        }

        // The window that the first call began is over at the fourth.
        Assert.Equal([null, null, FetchFault.Throttled, null], faults);
        Assert.Equal(3, gauge.CallsTo("/levels"));
    }
}
