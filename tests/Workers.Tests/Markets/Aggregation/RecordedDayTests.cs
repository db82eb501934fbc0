using System.Globalization;
using System.IO.Compression;
using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Aggregation;
using Platform.Tests.Support;

namespace Platform.Workers.Tests.Markets.Aggregation;

/// <summary>
/// 2022-12-13 as it was recorded at Binance and Bybit, minute by minute: what the aggregator says at noon, and what plain
/// SQL over the raw rows says. BUSD is not USDT, and a perpetual is not spot: these are four markets, kept apart. The fifth, over
/// two venues, is the test's own: it names the rate by which it takes BUSD and USDT for one thing, one to one.
/// </summary>
public sealed class RecordedDayTests
{
    private const string BybitTrades = "lean/crypto/bybit/minute/btcusdt/20221213_trade.zip";
    private const string BybitQuotes = "lean/crypto/bybit/minute/btcusdt/20221213_quote.zip";
    private const string BusdTrades = "lean/crypto/binance/minute/btcbusd/20221213_trade.zip";
    private const string BybitFutureTrades = "lean/cryptofuture/bybit/minute/btcusdt/20221213_trade.zip";
    private const string BybitFutureQuotes = "lean/cryptofuture/bybit/minute/btcusdt/20221213_quote.zip";
    private const string InverseTrades = "lean/cryptofuture/binance/minute/btcusd/20221213_trade.zip";
    private const string InverseQuotes = "lean/cryptofuture/binance/minute/btcusd/20221213_quote.zip";

    private static readonly DateTimeOffset Day = new(2022, 12, 13, 0, 0, 0, TimeSpan.Zero);

    // What was recorded at Bybit ends at noon: this is when its last quote was fresh.
    private static readonly DateTimeOffset End = Day.AddHours(12).AddSeconds(5);
    private static readonly MarketScale Scale = MarketScale.From(4, 8);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Reads(BybitTrades, BybitQuotes, BusdTrades, BybitFutureTrades, BybitFutureQuotes, InverseTrades, InverseQuotes)]
    public async Task Recorded_day_comes_out_as_plain_SQL_over_its_rows_says()
    {
        (string Market, short Venue, string Trades, string? Quotes)[] sources =
        [
            ("BTC-USDT", 0, BybitTrades, BybitQuotes), ("BTC-BUSD", 1, BusdTrades, null),
            ("BTC-USDT:PERPETUAL", 0, BybitFutureTrades, BybitFutureQuotes), ("BTC-USD:PERPETUAL", 1, InverseTrades, InverseQuotes),
            ("BTC-USDX", 0, BybitTrades, BybitQuotes), ("BTC-USDX", 1, BusdTrades, InverseQuotes),
        ];
        var connection = await TestDatabase.CreateAsync("recorded_day");
        try
        {
            await using var database = NpgsqlDataSource.Create(connection);
            await ExecuteAsync(database, "create table trade (market text, venue int, at timestamptz, price numeric, quantity numeric)");
            await ExecuteAsync(database, "create table quote (market text, venue int, at timestamptz, bid numeric, bids numeric, ask numeric, asks numeric)");
            var shard = new MarketShard();
            List<string> markets = [];
            foreach (var source in sources)
            {
                if (!markets.Contains(source.Market))
                {
                    markets.Add(source.Market);
                    shard.Add(MarketKey.From(source.Market), Scale);
                }

                var market = markets.IndexOf(source.Market);
                shard.List(market, source.Venue);
                await TradesAsync(database, shard, source.Market, market, source.Venue, await RowsAsync(source.Trades));
                if (source.Quotes is { } quotes)
                    await QuotesAsync(database, shard, source.Market, market, source.Venue, await RowsAsync(quotes));
            }

            shard.Flush(End.UtcTicks, []);

            foreach (var (number, market) in markets.Index())
                await AgreesAsync(database, market, shard.ViewOf(number).Read());
            Assert.Equal([1, 1, 1, 1, 2], markets.Select((_, number) => shard.ViewOf(number).Read().VenuesUsed));
        }
        finally
        {
            await TestDatabase.DropAsync(connection);
        }
    }

    private static async Task<decimal[][]> RowsAsync(string file)
    {
        await using var zip = await ZipFile.OpenReadAsync(RecordedMarketData.Path(file), Cancel);
        using var reader = new StreamReader(await zip.Entries.Single().OpenAsync(Cancel));
        return [.. (await reader.ReadToEndAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(',').Select(cell => decimal.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture)).ToArray())
            .Where(row => Day.AddMilliseconds((double)row[0]) <= End)];
    }

    // A bar of a minute stands for one trade at its close with all of its volume.
    private static async Task TradesAsync(
        NpgsqlDataSource database, MarketShard shard, string market, int number, short venue, decimal[][] rows)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var copy = await connection.BeginBinaryImportAsync("copy trade from stdin (format binary)", Cancel);
        foreach (var (id, row) in rows.Index().Where(row => row.Item[5] > 0))
        {
            var at = Day.AddMilliseconds((double)row[0]);
            await RowAsync(copy, market, venue, at, row[4], row[5]);
            shard.Apply(Tick.Trade(venue, number, at.UtcTicks, id, PriceOf(row[4]), QuantityOf(row[5])), End.UtcTicks);
        }

        await copy.CompleteAsync(Cancel);
    }

    private static async Task QuotesAsync(
        NpgsqlDataSource database, MarketShard shard, string market, int number, short venue, decimal[][] rows)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var copy = await connection.BeginBinaryImportAsync("copy quote from stdin (format binary)", Cancel);
        foreach (var row in rows)
        {
            var at = Day.AddMilliseconds((double)row[0]);
            await RowAsync(copy, market, venue, at, row[4], row[5], row[9], row[10]);
            shard.Apply(
                Tick.Quote(venue, number, at.UtcTicks, PriceOf(row[4]), QuantityOf(row[5]), PriceOf(row[9]), QuantityOf(row[10])),
                End.UtcTicks);
        }

        await copy.CompleteAsync(Cancel);
    }

    private static long PriceOf(decimal price) =>
        Scale.TryPrice(price, out var whole) ? whole : throw new InvalidOperationException($"{price} has more places than the market.");

    private static long QuantityOf(decimal quantity) => Scale.TryQuantity(quantity, out var whole)
        ? whole
        : throw new InvalidOperationException($"{quantity} has more places than the market.");

    private static async Task RowAsync(NpgsqlBinaryImporter copy, string market, short venue, DateTimeOffset at, params decimal[] values)
    {
        await copy.StartRowAsync(Cancel);
        await copy.WriteAsync(market, NpgsqlDbType.Text, Cancel);
        await copy.WriteAsync((int)venue, NpgsqlDbType.Integer, Cancel);
        await copy.WriteAsync(at, NpgsqlDbType.TimestampTz, Cancel);
        foreach (var value in values)
            await copy.WriteAsync(value, NpgsqlDbType.Numeric, Cancel);
    }

    private static async Task AgreesAsync(NpgsqlDataSource database, string market, MarketView view)
    {
        await using var command = database.CreateCommand(
            """
            with last as (select distinct on (venue) * from quote where market = $1 order by venue, at desc),
                best as (select max(bid) as bid, min(ask) as ask from last where at > $2::timestamptz - interval '10 seconds')
            select (select sum(price * quantity) from trade where market = $1), (select sum(quantity) from trade where market = $1),
                (select round(sum(price * quantity) / sum(quantity), 4) from trade where market = $1),
                (select round(sum(price * quantity) / sum(quantity), 4) from trade
                    where market = $1 and at >= date_bin('10 seconds', $2::timestamptz, timestamptz 'epoch') - interval '59 min 50 s'),
                bid, ask, ask - bid, (select sum(bids) from last where bid = best.bid), (select sum(asks) from last where ask = best.ask)
            from best
            """);
        command.Parameters.Add(new() { Value = market });
        command.Parameters.Add(new() { Value = End });
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        Assert.True(await reader.ReadAsync(Cancel));

        Assert.Equal(reader.GetDecimal(0), (decimal)view.Day.PriceVolume / 1_000_000_000_000m);
        Assert.Equal(reader.GetDecimal(1), (decimal)view.Day.Volume / 100_000_000m);
        Assert.Equal(reader.GetDecimal(2), view.VwapDay);
        Assert.Equal(reader[3] as decimal?, view.VwapHour);
        Assert.Equal(reader[4] as decimal?, view.BestBid);
        Assert.Equal(reader[5] as decimal?, view.BestAsk);
        Assert.Equal(reader[6] as decimal?, view.Spread);
        Assert.Equal(reader[7] as decimal? ?? 0, view.BestBidQuantity);
        Assert.Equal(reader[8] as decimal? ?? 0, view.BestAskQuantity);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
