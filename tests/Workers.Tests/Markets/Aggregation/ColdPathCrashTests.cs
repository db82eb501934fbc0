using System.Globalization;
using Marten;
using Npgsql;
using Platform.Projections;
using Platform.Tests.Support;

namespace Platform.Workers.Tests.Markets.Aggregation;

/// <summary>The markets' process is killed between memory and database, again and again, while its venue trades on.</summary>
public sealed class ColdPathCrashTests(ITestOutputHelper output)
{
    private const int TradesPerSecond = 500;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Kills => int.Parse(
        Environment.GetEnvironmentVariable("COLD_PATH_KILLS") ?? "8", CultureInfo.InvariantCulture);

    [Fact]
    public async Task No_trade_is_lost_or_counted_twice_however_often_the_process_is_killed()
    {
        var counting = new CountingVenue(TradesPerSecond);
        await using var venue = await LoopbackVenue.StartAsync(counting.AnswerAsync);
        var folder = Directory.CreateTempSubdirectory("cold-path-").FullName;
        var connection = await TestDatabase.CreateAsync("cold_path");
        try
        {
            using (var store = DocumentStore.For(options => options.UsePlatform(connection)))
                await PlatformSchema.ApplyAsync(store, Cancel);
            await using var database = NpgsqlDataSource.Create(connection);

            // What was never in the journal is not known to be missed: the first life gets to its first batch.
            await using (var first = Start(venue.Address, connection, folder))
                await WrittenAsync(database, first, atLeast: 1);
            var random = new Random(7);
            for (var kill = 1; kill < Kills; kill++)
            {
                await using var process = Start(venue.Address, connection, folder);
                await Eventually.IsTrueAsync(
                    "the process listens", Deadline, _ => Task.FromResult(Alive(process) && counting.Listened > kill), Cancel);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(600)), TimeProvider.System, Cancel);
            }

            await using (var last = Start(venue.Address, connection, folder))
            {
                await Eventually.IsTrueAsync(
                    "the process listens", Deadline, _ => Task.FromResult(Alive(last) && counting.Listened > Kills), Cancel);
                counting.End();
                await WrittenAsync(database, last, atLeast: counting.Last);
                await AgreesAsync(database, counting, "BTC-USDT", "BTCUSDT");
                await AgreesAsync(database, counting, "ETH-USDT", "ETHUSDT");
            }

            output.WriteLine($"{Kills} kills, 2 x {counting.Last} trades.");
        }
        finally
        {
            await TestDatabase.DropAsync(connection);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ChildProcess Start(Uri venue, string database, string folder) => ChildProcess.Start(
        $"tests/MarketsProcess/bin/{new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name}/net10.0/Platform.MarketsProcess", [],
        new Dictionary<string, string>
        {
            ["Platform__Postgres"] = database,
            ["Platform__Venue__RestUrl"] = venue.ToString(),
            ["Platform__Venue__StreamUrl"] = new UriBuilder(venue) { Scheme = "ws" }.Uri.ToString(),
            ["Platform__Venue__Watch__0"] = "BTC-USDT",
            ["Platform__Venue__Watch__1"] = "ETH-USDT",
            ["Platform__Aggregation__JournalFolder"] = Path.Combine(folder, "journal"),
            ["Platform__Aggregation__BatchRows"] = "10",
            ["Platform__Aggregation__BatchPeriod"] = "00:00:00.2",
            ["Platform__Aggregation__Shards"] = "2",
        },
        Path.Combine(folder, "process.log"));

    private static bool Alive(ChildProcess process) =>
        !process.HasExited ? true : throw new InvalidOperationException(process.LogTail);

    // Of each of the two markets.
    private static async Task WrittenAsync(NpgsqlDataSource database, ChildProcess process, long atLeast)
    {
        try
        {
            await Eventually.IsTrueAsync(
                $"{atLeast} trades are written", Deadline,
                async _ => Alive(process) && await AskAsync<long>(
                    database,
                    "select count(*) from (select from platform.md_trade_second group by instrument_id having sum(trades) >= $1) market",
                    atLeast) == 2,
                Cancel);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n{process.LogTail}", late);
        }
    }

    private static async Task AgreesAsync(NpgsqlDataSource database, CountingVenue venue, string market, string symbol)
    {
        var ids = Enumerable.Range(1, (int)venue.Last).Select(id => (long)id).ToList();
        const string Of = "from platform.md_trade_second where instrument_id = (select id from platform.md_instrument where market = $1)";

        Assert.Equal(ids.Count, await AskAsync<decimal>(database, $"select sum(trades) {Of}", market));
        Assert.Equal(ids.Sum(CountingVenue.QuantityOf), await AskAsync<decimal>(database, $"select sum(volume) {Of}", market));
        Assert.Equal(
            ids.Sum(id => CountingVenue.PriceOf(symbol, id) * CountingVenue.QuantityOf(id)),
            await AskAsync<decimal>(database, $"select sum(quote_volume) {Of}", market));
        Assert.Equal(
            ids.Select(id => venue.TimeOf(id).ToUnixTimeSeconds()).Distinct().LongCount(),
            await AskAsync<long>(database, $"select count(distinct ts) {Of}", market));
        Assert.Equal(
            await AskAsync<long>(database, "select count(*) from platform.md_trade_second"),
            await AskAsync<long>(database, "select sum(rows) from platform.md_batch"));
        // Bars are made of what was written, a moment after it.
        await Eventually.IsTrueAsync("the bars agree", Deadline, async _ => ids.Count == await AskAsync<decimal>(
            database, $"select sum(trades) {Of.Replace("md_trade_second", "md_candle", StringComparison.Ordinal)} and level = 60", market), Cancel);
    }

    private static async Task<T> AskAsync<T>(NpgsqlDataSource database, string sql, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return (T)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
