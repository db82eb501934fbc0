using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Tests.Support;
using Platform.Workers.Markets.Import;

namespace Platform.Workers.Tests.Markets;

/// <summary>Every recorded file goes in whole: counts and sums in the tables are those of the raw file, added up here in another way.</summary>
public sealed class ImportTests
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["btcbusd"] = "BTC-BUSD", ["btcusdt"] = "BTC-USDT", ["btcusd"] = "BTC-USD", ["ethusd"] = "ETH-USD",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Reads(
        "lean/crypto/*/hour/*.zip", "lean/crypto/*/daily/*.zip", "lean/crypto/*/minute/*/*.zip", "lean/crypto/*/second/*/*.zip",
        "lean/cryptofuture/*/minute/*/*.zip")]
    public async Task Bars_of_lean_add_up_to_their_files()
    {
        await using var rows = await MarketRows.MakeAsync();
        foreach (var file in RecordedMarketData.Files.Where(file => file.StartsWith("lean/crypto", StringComparison.Ordinal) && file.EndsWith(".zip", StringComparison.Ordinal)))
        {
            var (path, parts) = (RecordedMarketData.Path(file), file.Split('/'));
            var expected = SumsOf(LinesOf(path).Select(line => line.Split(',')[1..]));

            var result = await rows.Importer.ImportAsync(path, new(Venue: null, Market: null), progress: null, Cancel);

            Assert.Empty(result.Rejects);
            var market = Names.First(name => file.Contains(name.Key, StringComparison.Ordinal)).Value;
            var of = $"""
                from platform.{(file.Contains("_quote", StringComparison.Ordinal) ? "md_quote_bar" : "md_candle where origin = 2")}
                {(file.Contains("_quote", StringComparison.Ordinal) ? "where" : "and")}
                instrument_id = (select id from platform.md_instrument where venue = '{parts[2]}' and market = '{market}{(parts[1] is "cryptofuture" ? ":PERPETUAL" : "")}')
                and level = {parts[3] switch { "second" => 1, "minute" => 60, "hour" => 3600, _ => 86400 }}
                {(parts.Length == 6 ? $"and ts >= '{parts[5][..8]}' and ts < date '{parts[5][..8]}' + 1" : "")}
                """;
            var columns = file.Contains("_quote", StringComparison.Ordinal)
                ? "bid_open, bid_high, bid_low, bid_close, bid_size, ask_open, ask_high, ask_low, ask_close, ask_size"
                : "open, high, low, close, volume";
            Assert.Equal(expected, await SumsAsync(rows, columns, of));
            Assert.Equal(result.Rows, result.Written);
        }
    }

    [Fact]
    [Reads("nautilus/btc-perp-20211231-20220201-1m.csv", "freqtrade/XRPUSDT-perp-1h.json.gz")]
    public async Task Bars_without_a_venue_are_imported_for_whom_the_operator_names()
    {
        await using var rows = await MarketRows.MakeAsync();
        var (csv, json) = (RecordedMarketData.Path("nautilus/btc-perp-20211231-20220201-1m.csv"), RecordedMarketData.Path("freqtrade/XRPUSDT-perp-1h.json.gz"));
        var expectedMinutes = SumsOf(TextOf(csv).Skip(1).Select(line => line.Split(',')[1..]));
        var expectedHours = SumsOf(ArrayOf(json).Select(bar => bar.EnumerateArray().Skip(1).Select(value => value.GetRawText()).ToArray()));

        await Assert.ThrowsAsync<ImportRefusedException>(() => rows.Importer.ImportAsync(csv, new(Venue: null, Market: null), progress: null, Cancel));
        var minutes = await rows.Importer.ImportAsync(
            csv, new(VenueId.From("ftx"), MarketKey.From("BTC-USD:PERPETUAL")), progress: null, Cancel);
        var hours = await rows.Importer.ImportAsync(json, new(VenueId.From("binance"), Market: null), progress: null, Cancel);

        Assert.Empty(minutes.Rejects);
        Assert.Empty(hours.Rejects);
        Assert.Equal(45_031, minutes.Written);
        Assert.Equal(expectedMinutes, await SumsAsync(rows, "open, high, low, close, volume", "from platform.md_candle where level = 60"));
        Assert.Equal(expectedHours, await SumsAsync(
            rows, "open, high, low, close, volume", "from platform.md_candle where level = 3600 and origin = 2"));
        Assert.Equal(["binance|XRP-USDT:PERPETUAL", "ftx|BTC-USD:PERPETUAL"], await rows.AskAsync("select venue, market from platform.md_instrument order by 1"));
    }

    [Fact]
    [Reads("freqtrade/binance-XRPETH-trades-20191011-13.json.gz", "freqtrade/kraken-BCHEUR-trades.csv", "nautilus/tardis-bitmex-xbtusd-trades.csv")]
    public async Task Trades_add_up_to_their_files()
    {
        await using var rows = await MarketRows.MakeAsync();
        var (array, kraken, tardis) = (
            RecordedMarketData.Path("freqtrade/binance-XRPETH-trades-20191011-13.json.gz"),
            RecordedMarketData.Path("freqtrade/kraken-BCHEUR-trades.csv"), RecordedMarketData.Path("nautilus/tardis-bitmex-xbtusd-trades.csv"));

        await TakeAsync(array, "binance", "XRP-ETH", ArrayOf(array).Select(trade => new[] { trade[4].GetRawText(), trade[5].GetRawText() }));
        await TakeAsync(kraken, "kraken", "BCH-EUR", TextOf(kraken).Select(line => line.Split(',')[1..]));
        await TakeAsync(tardis, "bitmex", "BTC-USD:PERPETUAL", TextOf(tardis).Skip(1).Select(line => line.Split(',')[6..]));

        async Task TakeAsync(string path, string venue, string market, IEnumerable<string[]> raw)
        {
            var expected = SumsOf(raw);
            var result = await rows.Importer.ImportAsync(path, new(Venue: null, Market: null), progress: null, Cancel);

            Assert.Empty(result.Rejects);
            Assert.Equal(expected, await SumsAsync(
                rows, "price, quantity",
                $"from platform.md_trade join platform.md_instrument on id = instrument_id where venue = '{venue}' and market = '{market}'"));
        }
    }

    [Fact]
    [Reads(
        "nautilus/tardis-binance-futures-book-snapshot-25.csv", "nautilus/binance-futures-btcusdt-depth-snapshot.csv",
        "nautilus/binance-futures-btcusdt-depth-updates.csv", "nautilus/bybit-xrpusdt-orderbook500-20241201-first30.jsonl")]
    public async Task Books_hold_each_level_of_their_files()
    {
        await using var rows = await MarketRows.MakeAsync();
        var tardis = RecordedMarketData.Path("nautilus/tardis-binance-futures-book-snapshot-25.csv");
        var snapshot = RecordedMarketData.Path("nautilus/binance-futures-btcusdt-depth-snapshot.csv");
        var updates = RecordedMarketData.Path("nautilus/binance-futures-btcusdt-depth-updates.csv");
        var bybit = RecordedMarketData.Path("nautilus/bybit-xrpusdt-orderbook500-20241201-first30.jsonl");
        string[][] ofTardis = [.. TextOf(tardis).Skip(1).SelectMany(line => line.Split(',')[4..].Chunk(2))];
        string[][] ofBinance = [.. TextOf(snapshot).Skip(1).Concat(TextOf(updates).Skip(1)).Select(line => line.Split(',')[6..8])];
        string[][] ofBybit = [.. TextOf(bybit).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("data"))
            .SelectMany(data => data.GetProperty("b").EnumerateArray().Concat(data.GetProperty("a").EnumerateArray()))
            .Select(level => new[] { level[0].GetString()!, level[1].GetString()! })];

        foreach (var path in (string[])[tardis, snapshot, updates, bybit])
            Assert.Empty((await rows.Importer.ImportAsync(path, new(Venue: null, Market: null), progress: null, Cancel)).Rejects);

        // Ten books of one kind, a book and an event, a book and 29 events.
        Assert.Equal(["binance|BTC-USDT:PERPETUAL|11|1", "bybit|XRP-USDT|1|29"], await rows.AskAsync(
            """
            select venue, market, count(*) filter (where is_snapshot), count(*) filter (where not is_snapshot)
            from platform.md_book join platform.md_instrument on id = instrument_id group by 1, 2 order by 1
            """));
        Assert.Equal(SumsOf(ofTardis.Concat(ofBinance)), await LevelsAsync("binance"));
        Assert.Equal(SumsOf(ofBybit), await LevelsAsync("bybit"));

        Task<IReadOnlyList<string>> LevelsAsync(string venue) => SumsAsync(
            rows, "price, quantity",
            $"""
            from (
                select pair[1] as price, pair[2] as quantity from platform.md_book join platform.md_instrument on id = instrument_id,
                    lateral (select array[side[at][1], side[at][2]] as pair from (values (bids), (asks)) as sides (side),
                        generate_series(1, coalesce(array_length(side, 1), 0)) as at) as levels
                where venue = '{venue}') as flat
            """);
    }

    [Fact]
    [Reads("lean/cryptofuture/*/margin_interest/*.csv", "lean/macro/us-primary-credit-rate.csv", "nautilus/macro-oecd-short-term-interest-usa-ea19-gbr-jpn-che.csv")]
    public async Task Rates_become_samples_of_series()
    {
        await using var rows = await MarketRows.MakeAsync();
        foreach (var venue in (string[])["binance/margin_interest/btcusd", "bybit/margin_interest/btcusdt"])
        {
            var path = RecordedMarketData.Path($"lean/cryptofuture/{venue}.csv");
            await TakeAsync(path, $"series = 'market.funding' and bin like '{venue.Split('/')[0]}/%'", TextOf(path).Select(line => line.Split(',')[1..]));
        }

        var fred = RecordedMarketData.Path("lean/macro/us-primary-credit-rate.csv");
        await TakeAsync(fred, "series = 'macro.fred' and bin = 'PCREDIT8'", TextOf(fred).Skip(1).Select(line => line.Split(',')[1..]));
        var oecd = RecordedMarketData.Path("nautilus/macro-oecd-short-term-interest-usa-ea19-gbr-jpn-che.csv");
        await TakeAsync(oecd, "series like 'macro.oecd.stint.tot.pc_pa._'", TextOf(oecd).Skip(1).Select(line => line.Split(',')[6..7]));
        Assert.Equal(["m|558", "q|186"], await rows.AskAsync(
            "select right(series, 1), count(*) from platform.series_sample where bin = 'CHE' and series not like '%.a' group by 1 order by 1"));
        var latest = await rows.Samples.ReadAsync(
            "macro.fred", "PCREDIT8", Domain.Snapshots.Every.Day, new(2008, 12, 1, 0, 0, 0, TimeSpan.Zero), new(2009, 1, 1, 0, 0, 0, TimeSpan.Zero), 10, Cancel);
        Assert.Equal(0.50m, Assert.Single(latest).Sample.A);

        async Task TakeAsync(string path, string where, IEnumerable<string[]> raw)
        {
            var expected = SumsOf(raw);
            var result = await rows.Importer.ImportAsync(path, new(Venue: null, Market: null), progress: null, Cancel);

            Assert.Empty(result.Rejects);
            Assert.Equal(expected, await SumsAsync(rows, "a", $"from platform.series_sample where {where}"));
        }
    }

    [Fact]
    [Reads("lean/instrument-rules-binance-kraken-coinbase.csv", "nautilus/crypto-instruments.json", "freqtrade/binance-leverage-tiers.json.gz")]
    public async Task Rules_keep_the_unit_of_the_smallest_order_and_what_is_misspelled_is_reported()
    {
        await using var rows = await MarketRows.MakeAsync();
        var lean = RecordedMarketData.Path("lean/instrument-rules-binance-kraken-coinbase.csv");
        var tiers = RecordedMarketData.Path("freqtrade/binance-leverage-tiers.json.gz");
        var lines = TextOf(lean).Skip(1).Select(line => line.Split(',')).ToList();

        var result = await rows.Importer.ImportAsync(lean, new(Venue: null, Market: null), progress: null, Cancel);
        await rows.Importer.ImportAsync(RecordedMarketData.Path("nautilus/crypto-instruments.json"), new(Venue: null, Market: null), progress: null, Cancel);
        var tiered = await rows.Importer.ImportAsync(tiers, new(Venue: null, Market: null), progress: null, Cancel);

        var taken = lines.Where((_, index) => !result.Rejects.Any(reject => reject.Line == index + 2)).ToList();
        Assert.Equal(lines.Count, taken.Count + result.Rejects.Count);
        Assert.Equal(SumsOf(taken.Select(line => line[5..8])), await SumsAsync(
            rows, "contract_size, tick_size, lot_size", "from platform.md_instrument_rule where venue in ('binance', 'kraken', 'coinbase')"));
        Assert.Equal(["binance|1", "coinbase|0", "kraken|0"], await rows.AskAsync(
            "select distinct venue, min_order_in from platform.md_instrument_rule where venue in ('binance', 'kraken', 'coinbase') order by 1"));
        Assert.Equal(["bitfinex|3", "btcmarkets|3"], await rows.AskAsync(
            "select venue, count(*) from platform.md_instrument_rule where venue like 'b%' and venue <> 'binance' group by 1 order by 1"));
        Assert.Empty(tiered.Rejects);
        Assert.Equal(
            SumsOf(JsonDocument.Parse(Unpacked(tiers)).RootElement.EnumerateObject().SelectMany(contract => contract.Value.EnumerateArray())
                .Select(tier => new[] { tier.GetProperty("maxNotional").GetRawText(), tier.GetProperty("maintenanceMarginRate").GetRawText(), tier.GetProperty("maxLeverage").GetRawText() })),
            await SumsAsync(rows, "max_notional, maintenance_rate, max_leverage", "from platform.md_leverage_tier"));
    }

    [Fact]
    [Reads("nautilus/btc-perp-20211231-20220201-1m.csv")]
    public async Task Import_that_was_cut_off_anywhere_goes_on_and_the_same_file_again_changes_nothing()
    {
        await using var rows = await MarketRows.MakeAsync();
        var path = RecordedMarketData.Path("nautilus/btc-perp-20211231-20220201-1m.csv");
        var hints = new ImportHints(VenueId.From("ftx"), MarketKey.From("BTC-USD:PERPETUAL"));
        for (var batch = 1; batch <= 3; batch++)
        {
            using var killed = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rows.Importer.ImportAsync(path, hints, _ => killed.Cancel(), killed.Token));
            Assert.Equal([$"False|{(batch * 5000) + 1}|{batch * 5000}"], await rows.AskAsync("select is_done, rows_read, rows_written from platform.md_import"));
        }

        var result = await rows.Importer.ImportAsync(path, hints, progress: null, Cancel);
        var before = await rows.AskAsync("select xmin::text, count(*) from platform.md_candle group by 1 order by 1");
        var copy = Path.Combine(Directory.CreateTempSubdirectory("import-").FullName, "renamed-1m.csv");
        File.Copy(path, copy);
        var again = await rows.Importer.ImportAsync(copy, hints, progress: null, Cancel);

        Assert.Equal((false, 45_031L), (result.WasDone, result.Written));
        Assert.True(again.WasDone);
        Assert.Equal(before, await rows.AskAsync("select xmin::text, count(*) from platform.md_candle group by 1 order by 1"));
        Assert.Equal(["45031"], await rows.AskAsync("select count(*) from platform.md_candle where level = 60"));
        Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
    }

    [Fact]
    public async Task Bad_rows_are_reported_by_line_and_reason_and_the_others_are_taken()
    {
        await using var rows = await MarketRows.MakeAsync();
        var path = Path.Combine(Directory.CreateTempSubdirectory("import-").FullName, "bars-1m.csv");
        await File.WriteAllLinesAsync(
            path,
            [
                "timestamp,open,high,low,close,volume", "2024-01-01 00:00:00,1,2,1,2,5", "2024-01-01 00:01:00,1,2,1,2", "2024-01-01 00:02:00,1,2,1,2,-5",
                "2024-01-01 00:03:30,1,2,1,2,5", "2024-01-01 00:04:00,1,2,3,2,5", "2024-01-01 00:05:00,0,2,0,2,5", "1999-01-01 00:06:00,1,2,1,2,5",
                "=cmd|' /C calc'!A0,1,2,1,2,5", "2024-01-01 00:08:00,1e40,2,1,2,5", "", "2024-01-01 00:09:00,1,2,1,2,7",
            ],
            Cancel);

        var result = await rows.Importer.ImportAsync(path, new(VenueId.From("kraken"), MarketKey.From("BTC-USD")), progress: null, Cancel);

        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10], result.Rejects.Select(reject => reject.Line));
        Assert.All(result.Rejects, reject => Assert.DoesNotContain("cmd", reject.Reason, StringComparison.Ordinal));
        Assert.Equal((12, 2), (result.Rows, result.Written));
        Assert.Equal(["12"], await rows.AskAsync("select sum(volume) from platform.md_candle where level = 86400"));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task Book_is_kept_whole_though_a_batch_ends_with_a_bad_row_among_its_levels_or_behind_it()
    {
        await using var rows = await MarketRows.MakeAsync();
        var path = Path.Combine(Directory.CreateTempSubdirectory("import-").FullName, "depth.csv");
        for (var before = Importer.BatchMax - 4; before <= Importer.BatchMax; before++)
        {
            await File.WriteAllLinesAsync(
                path,
                [
                    "symbol,timestamp,first_update_id,last_update_id,side,update_type,price,qty,pu",
                    .. Enumerable.Repeat("bad", before), Level(1, "b", 100), "bad", Level(1, "a", 101), "bad", Level(2, "b", 99), "bad",
                ],
                Cancel);

            var market = MarketKey.From($"A{before}-USDT:PERPETUAL");
            var result = await rows.Importer.ImportAsync(path, new(Venue: null, market), progress: null, Cancel);

            Assert.Equal(before + 3, result.Rejects.Count);
            Assert.Equal((before + 7, 2), (result.Rows, result.Written));
            Assert.Equal(
                ["1|1|1", "2|1|0"],
                await rows.AskAsync(
                    $"""
                    select last_update_id, coalesce(array_length(bids, 1), 0), coalesce(array_length(asks, 1), 0)
                    from platform.md_book join platform.md_instrument on id = instrument_id where market = '{market}' order by 1
                    """));
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        static string Level(int update, string side, int price) =>
            $"BTCUSDT,{1_667_346_579_146 + update},{update},{update},{side},set,{price}.00,1.5,{update - 1}";
    }

    // Count, then the sum of each column, as PostgreSQL would write them.
    private static IReadOnlyList<string> SumsOf(IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        return [string.Join('|', Enumerable.Range(0, all[0].Length)
            .Select(column => all.Sum(row => decimal.Parse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture)).ToString("0.############################", CultureInfo.InvariantCulture))
            .Prepend(all.Count.ToString(CultureInfo.InvariantCulture)))];
    }

    private static Task<IReadOnlyList<string>> SumsAsync(MarketRows rows, string columns, string from) =>
        rows.AskAsync($"select count(*), {string.Join(", ", columns.Split(", ").Select(column => $"trim_scale(sum({column}))::text"))} {from}");

    private static IEnumerable<string> TextOf(string path) => File.ReadLines(path);

    private static IEnumerable<string> LinesOf(string zip)
    {
        using var archive = ZipFile.OpenRead(zip);
        using var reader = new StreamReader(archive.Entries[0].Open());
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static IReadOnlyList<JsonElement> ArrayOf(string gzip) => [.. JsonDocument.Parse(Unpacked(gzip)).RootElement.EnumerateArray()];

    private static string Unpacked(string gzip)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(gzip), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
