using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;

namespace Platform.Domain.Tests.Markets;

/// <summary>Books that were recorded at venues, each by the venue's own way of counting.</summary>
public sealed class RecordedBookTests
{
    [Fact, Reads("nautilus/bybit-xrpusdt-orderbook500-20241201-first30.jsonl")]
    public async Task Recorded_snapshot_and_its_differences_make_one_book()
    {
        var lines = await RecordedLinesAsync();
        var book = new LocalOrderBook(new(BookSequence.ByOne));

        foreach (var line in lines)
            Apply(book, line);

        var top = book.Top(1);
        Assert.Equal((BookState.Synced, 30), (top.State, lines.Length));
        Assert.True(top.Bids[0].Price.Value < top.Asks[0].Price.Value);
        Assert.Equal(lines[^1].LastUpdateId, top.LastUpdateId);
    }

    [Fact, Reads("nautilus/bybit-xrpusdt-orderbook500-20241201-first30.jsonl")]
    public async Task Recorded_difference_left_out_is_noticed_and_one_repeated_is_not()
    {
        var lines = await RecordedLinesAsync();
        var book = new LocalOrderBook(new(BookSequence.ByOne));

        foreach (var line in lines.Take(10).Append(lines[9]).Append(lines[5]))
            Apply(book, line);
        Assert.Equal(BookState.Synced, book.State);

        Apply(book, lines[11]);
        Assert.Equal(BookState.Desynced, book.State);
    }

    [Fact, Reads(
        "nautilus/binance-futures-btcusdt-depth-snapshot.csv", "nautilus/binance-futures-btcusdt-depth-updates.csv")]
    public async Task Recorded_snapshot_too_old_for_its_difference_is_not_joined()
    {
        var snapshot = await RecordedRowsAsync("binance-futures-btcusdt-depth-snapshot.csv");
        var update = await RecordedRowsAsync("binance-futures-btcusdt-depth-updates.csv");
        var book = new LocalOrderBook(new(BookSequence.RangesWithPrevious));

        book.Apply(new DepthDifference(
            Number(update[0][2]), Number(update[0][3]), Levels(update, "b"), Levels(update, "a"), Number(update[0][8])));
        book.Apply(new DepthSnapshot(Number(snapshot[0][3]), Levels(snapshot, "b"), Levels(snapshot, "a")));

        Assert.Equal(BookState.Buffering, book.State);

        static BookLevel[] Levels(string[][] rows, string side) =>
        [
            .. rows.Where(row => string.Equals(row[4], side, StringComparison.Ordinal))
                .Select(row => new BookLevel(Price.From(Exact(row[6])), Quantity.From(Exact(row[7])))),
        ];
    }

    private static async Task<string[][]> RecordedRowsAsync(string file) =>
    [
        .. (await File.ReadAllLinesAsync(
            RecordedMarketData.Path("nautilus", file), TestContext.Current.CancellationToken))
            .Skip(1).Select(line => line.Split(',')),
    ];

    private static async Task<Recorded[]> RecordedLinesAsync()
    {
        var lines = await File.ReadAllLinesAsync(
            RecordedMarketData.Path("nautilus", "bybit-xrpusdt-orderbook500-20241201-first30.jsonl"),
            TestContext.Current.CancellationToken);
        return [.. lines.Where(line => line.Length > 0).Select(Recorded.Of)];
    }

    private static void Apply(LocalOrderBook book, Recorded line)
    {
        if (line.IsSnapshot)
            book.Apply(new DepthSnapshot(line.LastUpdateId, line.Bids, line.Asks));
        else
            book.Apply(new DepthDifference(line.LastUpdateId, line.LastUpdateId, line.Bids, line.Asks));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static decimal Exact(string? text) => decimal.Parse(text!, CultureInfo.InvariantCulture);

    private sealed record Recorded(bool IsSnapshot, long LastUpdateId, BookLevel[] Bids, BookLevel[] Asks)
    {
        public static Recorded Of(string line)
        {
            using var document = JsonDocument.Parse(line);
            var data = document.RootElement.GetProperty("data");
            return new(
                document.RootElement.GetProperty("type").ValueEquals("snapshot"),
                data.GetProperty("u").GetInt64(), Levels(data.GetProperty("b")), Levels(data.GetProperty("a")));
        }

        private static BookLevel[] Levels(JsonElement levels) =>
        [
            .. levels.EnumerateArray().Select(level => new BookLevel(
                Price.From(Exact(level[0].GetString())), Quantity.From(Exact(level[1].GetString())))),
        ];
    }
}
