using Marten;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Markets;
using Platform.Projections;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Budgets;

namespace Platform.Workers.Tests.Markets;

/// <summary>What a venue allows is shared by all processes, and nobody ever takes more.</summary>
public sealed class VenueBudgetTests : IAsyncLifetime
{
    private static readonly VenueId Venue = VenueId.From("somewhere");
    private static readonly VenueLimit Limit = new("weight", 1000, TimeSpan.FromMinutes(1));
    private static readonly VenueCall Order = new(HttpMethod.Post, "/order", [], IsSigned: true);
    private static readonly VenueCall Data = VenueCall.Get("/depth");

    private readonly FakeTimeProvider time = new(new(2026, 1, 1, 0, 0, 30, TimeSpan.Zero));
    private string database = string.Empty;
    private DocumentStore? store;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync("venue_budget");
        store = DocumentStore.For(options => options.UsePlatform(database));
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (store is not null)
            await store.DisposeAsync();
        await TestDatabase.DropAsync(database);
    }

    [Theory]
    [InlineData(true, 1000)]
    [InlineData(false, 800)]
    public async Task Processes_share_one_budget_and_never_take_more_than_the_venue_allows(bool areOrders, int allowed)
    {
        VenueBudget[] processes = [Process(), Process(), Process(), Process()];

        var taken = await Task.WhenAll(processes.Select(process =>
            TakeAllAsync(process, (areOrders ? Order : Data) with { Weight = 3 })));

        // What is leased in chunks and too little for one more call is lost to this window.
        Assert.InRange(taken.Sum(), allowed - (4 * 20), allowed);
    }

    [Fact]
    public async Task Data_leaves_a_fifth_to_orders_and_healing_half_to_data()
    {
        var (one, other) = (Process(), Process());

        var healed = await VenueCall.HealAsync(() => TakeAllAsync(one, Data));
        var data = await TakeAllAsync(other, Data);
        var orders = await TakeAllAsync(one, Order);

        Assert.Equal((500, 300, 200), (healed, data, orders));
    }

    [Fact]
    public async Task Next_window_begins_with_the_whole_budget_again()
    {
        var process = Process();
        Assert.Equal(1000, await TakeAllAsync(process, Order));
        Assert.Equal(new(2026, 1, 1, 0, 1, 0, TimeSpan.Zero), await process.TakeAsync(Order, "key", Cancel));

        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(1000, await TakeAllAsync(process, Order));
    }

    [Fact]
    public async Task What_a_process_leased_and_did_not_spend_is_given_back()
    {
        var (one, other) = (Process(), Process());
        for (var calls = 0; calls < 5; calls++)
        {
            Assert.Null(await one.TakeAsync(Order, "key", Cancel));
            time.Advance(TimeSpan.FromSeconds(2));
        }

        // One chunk of twenty is still out, of which one is spent.
        Assert.Equal(1000 - 4 - 20, await TakeAllAsync(other, Order));
    }

    [Fact]
    public async Task Venues_own_count_is_believed_where_it_is_higher()
    {
        var (one, other) = (Process(), Process());
        Assert.Null(await one.TakeAsync(Order, "key", Cancel));

        one.Learn(new("weight", 990), "key");

        Assert.Equal(10, await TakeAllAsync(one, Order));
        Assert.Equal(0, await TakeAllAsync(other, Order));
    }

    [Fact]
    public async Task Venue_that_has_had_enough_holds_every_process_until_it_says_so()
    {
        var (one, other) = (Process(), Process());
        Assert.Null(await one.TakeAsync(Order, "key", Cancel));
        Assert.Null(await other.TakeAsync(Order, "key", Cancel));
        var until = time.GetUtcNow() + TimeSpan.FromSeconds(10);

        await one.HoldAsync(until, Cancel);
        Assert.Equal(until, await one.TakeAsync(Order, "key", Cancel));
        time.Advance(BudgetBucket.LeasedFor);
        Assert.Equal(until, await other.TakeAsync(Order, "key", Cancel));

        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(await one.TakeAsync(Order, "key", Cancel));
        Assert.Null(await other.TakeAsync(Order, "key", Cancel));
    }

    [Fact]
    public async Task Question_for_the_limit_is_asked_even_when_all_seems_used_up_but_not_while_the_venue_holds()
    {
        var process = Process();
        var question = Data with { TellsLimits = true };
        await TakeAllAsync(process, Order);

        Assert.Null(await process.TakeAsync(question, print: null, Cancel));
        process.Allow("weight", 1100);
        Assert.Null(await process.TakeAsync(Order, "key", Cancel));

        await process.HoldAsync(time.GetUtcNow() + TimeSpan.FromSeconds(10), Cancel);
        Assert.NotNull(await process.TakeAsync(question, print: null, Cancel));
    }

    [Fact]
    public async Task Keys_and_addresses_have_budgets_of_their_own_where_the_venue_counts_them_apart()
    {
        var byKey = Limit with { Scope = LimitScope.Key };
        var (one, elsewhere) = (Process(byKey), Process(byKey, "elsewhere"));

        Assert.Equal(1000, await TakeAllAsync(one, Order, "a"));
        Assert.Equal(1000, await TakeAllAsync(one, Order, "b"));
        Assert.Equal(0, await TakeAllAsync(Process(byKey), Order, "a"));
        Assert.Equal(1000, await TakeAllAsync(elsewhere, Order, "a"));
    }

    [Fact]
    public async Task Process_that_cannot_share_takes_a_tenth_and_shares_again_when_it_can()
    {
        await using var away = DocumentStore.For(options => options.UsePlatform("Host=127.0.0.1;Port=1;Database=none;Timeout=1"));
        var process = Process(Limit, "here", away);

        Assert.Equal(100, await TakeAllAsync(process, Order));
        Assert.NotNull(await process.TakeAsync(Order, "key", Cancel));

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(100, await TakeAllAsync(process, Order));
    }

    private static async Task<int> TakeAllAsync(VenueBudget budget, VenueCall call, string key = "key")
    {
        var taken = 0;
        while (await budget.TakeAsync(call, call.IsSigned ? key : null, Cancel) is null)
            taken += call.Weight;
        return taken;
    }

    private VenueBudget Process(VenueLimit? limit = null, string address = "here", DocumentStore? at = null) => new VenueBudgets(
        Options.Create(new VenueBudgetOptions { Address = address }), time, NullLogger<VenueBudgets>.Instance,
        new BudgetTable(at ?? store!)).Of(Venue, [limit ?? Limit]);
}
