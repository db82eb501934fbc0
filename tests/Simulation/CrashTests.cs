using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Platform.Tests.Support;

namespace Platform.Simulation;

/// <summary>
/// The platform is killed again and again with orders in flight, the database too, and the venue's answers get lost. At the
/// end both sides hold the same orders and the same fills. Longer runs: <c>make simulate</c>.
/// </summary>
[Collection(WholeMachine.Name)]
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Clients = 16;

    // One more for so many orders is called off at once: it may or may not reach the venue.
    private const int CalledOffShare = 10;

    private static readonly TimeSpan SettleLongest = TimeSpan.FromMinutes(2);
    private static readonly string[] Markets = ["BTC-USDT", "ETH-USDT", "BNB-USDT"];

    private readonly int orders = Setting("SIMULATION_ORDERS", 200);
    private readonly int kills = Setting("SIMULATION_KILLS", 20);
    private readonly int seed = Setting("SIMULATION_SEED", Random.Shared.Next(1, 1_000_000));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_accepted_order_reaches_the_venue_exactly_once_whatever_is_killed()
    {
        var start = Stopwatch.GetTimestamp();
        output.WriteLine($"SIMULATION_SEED={seed} SIMULATION_ORDERS={orders} SIMULATION_KILLS={kills}");
        await using var stage = await Stage.RaiseAsync($"simulation-{seed}", seed, Cancel);
        stage.StartPlatform();
        await stage.PlatformIsReadyAsync(Cancel);
        using var platform = new HttpClient { BaseAddress = stage.PlatformAddress, Timeout = TimeSpan.FromSeconds(10) };
        var trader = new Trader(platform);
        var pool = Assert.Single((await trader.GetAsync<Page<PoolRow>>("/v1/pools", Cancel)).Items).PoolId;
        var plan = await PlanAsync(trader);

        var accepted = await TradeThroughCrashesAsync(stage, trader, pool, plan);
        await SettleAsync(trader, pool, accepted.Count);

        await Same_key_gets_the_first_answer(trader, pool, plan, accepted);
        using var venue = new HttpClient { BaseAddress = stage.VenueAddress };
        var books = await BothBooks.OpenAsync(
            trader, pool, new VenueAccount(venue, stage.VenueKey), Markets, Cancel);
        output.WriteLine(books.ToString());
        books.Hold_exactly_these_orders(accepted.Values);
        books.Agree_on_orders(
            plan.Where(order => order.IsCalledOff).Select(order => accepted[order.Key]).ToHashSet());
        books.Agree_on_fills();
        await Every_event_is_signed(stage);
        await Auditor_finds_nothing(stage);
        Assert.Equal(0, await stage.CountAsync("wolverine.wolverine_dead_letters", Cancel));
        output.WriteLine(await SummaryAsync(stage, Stopwatch.GetElapsedTime(start)));
        stage.IsDone = true;
    }

    private async Task<string> SummaryAsync(Stage stage, TimeSpan time)
    {
        var doubts = await stage.CountAsync("platform.mt_events where type = 'order_doubted'", Cancel);

        return $"{orders} orders, {stage.Kills} kills, {stage.PostgresRestarts} restarts of PostgreSQL, "
            + $"{doubts} times in doubt, {(int)time.TotalSeconds} s";
    }

    private async Task<IReadOnlyList<PlannedOrder>> PlanAsync(Trader trader)
    {
        var rules = (await trader.GetAsync<Page<MarketRow>>("/v1/markets", Cancel)).Items;
        List<(MarketRow, decimal)> markets = [];
        foreach (var market in Markets)
        {
            var ticker = await trader.GetAsync<TickerRow>($"/v1/markets/{market}/ticker", Cancel);
            markets.Add((rules.Single(rule => string.Equals(rule.Market, market, StringComparison.Ordinal)), ticker.Last));
        }

        var random = new Random(seed);
        var mix = new OrderMix(random, markets);
        PlannedOrder[] plan =
        [
            .. Enumerable.Range(1, orders).Select(number => mix.Plan($"crash-{seed}-{number}")),
            .. Enumerable.Range(1, orders / CalledOffShare).Select(number => mix.PlanCalledOff($"called-off-{seed}-{number}")),
        ];
        random.Shuffle(plan);
        return plan;
    }

    private async Task<ConcurrentDictionary<string, Guid>> TradeThroughCrashesAsync(
        Stage stage, Trader trader, Guid pool, IReadOnlyList<PlannedOrder> plan)
    {
        var desk = Channel.CreateBounded<PlannedOrder>(plan.Count);
        var accepted = new ConcurrentDictionary<string, Guid>(StringComparer.Ordinal);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        Task[] work =
        [
            new Chaos(stage, new Random(seed), kills).RageAsync(desk.Writer, plan, failed.Token),
            .. Enumerable.Range(0, Clients).Select(_ => PlaceAllAsync(trader, pool, desk.Reader, accepted, failed.Token)),
        ];
        await foreach (var done in Task.WhenEach(work))
        {
            if (!done.IsCompletedSuccessfully)
                await failed.CancelAsync();
        }

        // The first to fail says why; the others were told to stop.
        foreach (var task in work.OrderBy(task => task.IsCanceled))
            await task;

        return accepted;
    }

    private static async Task PlaceAllAsync(
        Trader trader, Guid pool, ChannelReader<PlannedOrder> desk, ConcurrentDictionary<string, Guid> accepted,
        CancellationToken cancel)
    {
        await foreach (var order in desk.ReadAllAsync(cancel))
        {
            var id = await trader.PlaceAsync(pool, order, cancel);
            accepted[order.Key] = id;
            if (order.IsCalledOff)
                await trader.CancelAsync(pool, id, cancel);
        }
    }

    // First every order is closed or resting; then the resting ones are taken back, so that nothing moves any more. The read
    // side may be seconds behind after a crash, so an order that is not listed yet is as unsettled as one on its way.
    private static async Task SettleAsync(Trader trader, Guid pool, int accepted)
    {
        IReadOnlyList<OrderRow> listed = [];
        await AllAreAsync("closed or resting", order => order.IsSettled);
        foreach (var order in listed.Where(order => order.IsOpen))
            await trader.CancelAsync(pool, order.OrderId, Cancel);
        await AllAreAsync("closed", order => !order.IsOpen);

        async Task AllAreAsync(string what, Func<OrderRow, bool> isSo)
        {
            try
            {
                await Eventually.IsTrueAsync($"every order is {what}", SettleLongest, AskAsync, Cancel);
            }
            catch (TimeoutException late)
            {
                var others = listed.Where(order => !isSo(order));
                throw new TimeoutException(
                    $"Of {accepted} orders {listed.Count} are listed, and not {what}:\n{string.Join('\n', others)}", late);
            }

            async Task<bool> AskAsync(CancellationToken waiting)
            {
                listed = await trader.AllAsync<OrderRow>($"/v1/pools/{pool}/orders?limit=50", waiting);
                return listed.Count == accepted && listed.All(isSo);
            }
        }
    }

    private static async Task Same_key_gets_the_first_answer(
        Trader trader, Guid pool, IReadOnlyList<PlannedOrder> plan, ConcurrentDictionary<string, Guid> accepted)
    {
        Assert.Equal(plan.Count, accepted.Values.Distinct().Count());
        foreach (var order in plan)
            Assert.Equal(accepted[order.Key], await trader.PlaceAsync(pool, order, Cancel));
    }

    // The chain goes on from where each kill left it: one checkpoint signs every event that there is. (A tombstone is none.)
    private static Task Every_event_is_signed(Stage stage) => Eventually.IsTrueAsync(
        "every event is chained and signed", SettleLongest,
        async waiting => await stage.CountAsync(
            """
            platform.audit_checkpoint
            where size = (select count(*) from platform.mt_events where type <> 'tombstone')
            """,
            waiting) == 1,
        Cancel);

    private static async Task Auditor_finds_nothing(Stage stage)
    {
        foreach (var command in (string[])["verify", "diff"])
        {
            var ended = await stage.AuditAsync(command, Cancel);
            Assert.True(ended.ExitCode == 0, $"audit {command} ended with {ended.ExitCode}:\n{ended.Output}\n{ended.Errors}");
        }
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : usual;
}
