using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Import.Formats;

/// <summary>Whole books of tardis.dev, one for each row: <c>asks[0].price,asks[0].amount,bids[0].price,bids[0].amount,...</c>.</summary>
internal sealed class TardisBooks : IImportFormat
{
    private const int Before = 4;

    public string Name => "tardis books";

    public bool Knows(ImportFile file, string head) =>
        head.StartsWith("exchange,symbol,timestamp,local_timestamp,asks[0].price,asks[0].amount,bids[0].price", StringComparison.Ordinal);

    public IAsyncEnumerable<ImportRow> ReadAsync(ImportSource source, CancellationToken cancellationToken) =>
        Rows.OfLinesAsync(
            source.Content, hasHeader: true,
            cells =>
            {
                if (cells.Count <= Before || cells.Count % 4 != 0)
                    throw new RowFaultException("Behind the times there are not four columns for each level.");

                var (venue, market) = TardisSpelling.Of(source, cells);
                var microseconds = cells.Whole(2, "timestamp");
                // The source numbers nothing: the time stands in, which rises.
                return new ImportedBook(
                    venue, market, Rows.Microseconds(microseconds), IsSnapshot: true, microseconds, microseconds, PreviousUpdateId: null,
                    Rows.Microseconds(cells.Whole(3, "local timestamp")), Side(cells, Before + 2), Side(cells, Before));
            },
            cancellationToken);

    // A book that is not as deep as the table ends with empty cells.
    private static List<BookLevel> Side(Cells cells, int first)
    {
        var levels = new List<BookLevel>();
        for (var at = first; at < cells.Count && cells[at].Length > 0; at += 4)
            levels.Add(new(cells.Price(at, "price"), cells.Quantity(at + 1, "amount")));
        return levels;
    }
}

/// <summary>
/// Books of Binance's futures as CSV, a row for each level: rows with the same last update id are one message,
/// <c>snap</c> a whole book and <c>set</c> what changed, with the last id before it in <c>pu</c>.
/// </summary>
internal sealed class BinanceDepth : IImportFormat
{
    private const int LevelsMax = 20_000;

    public string Name => "binance depth";

    public bool Knows(ImportFile file, string head) =>
        head.StartsWith("symbol,timestamp,first_update_id,last_update_id,side,update_type,price,qty,pu", StringComparison.Ordinal);

    public async IAsyncEnumerable<ImportRow> ReadAsync(
        ImportSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ImportedBook? open = null;
        var last = 0L;
        List<ImportRow> rejects = [];
        await foreach (var (number, text) in LineText.LinesAsync(source.Content, cancellationToken))
        {
            if (number == 1 || text.Length == 0)
                continue;

            var row = Rows.Read(number, () => Level(source, Cells.Of(text)));
            if (row.Record is not ImportedBook level)
            {
                if (open is null)
                    yield return row;
                else if (rejects.Count < Importer.RejectsMax)
                    rejects.Add(row);
                else
                    throw ImportRefusedException.ForRejects();
                continue;
            }

            if (open is not null && IsOfOne(open, level))
            {
                ((List<BookLevel>)open.Bids).AddRange(level.Bids);
                ((List<BookLevel>)open.Asks).AddRange(level.Asks);
                if (open.Bids.Count + open.Asks.Count > LevelsMax)
                    throw new ImportRefusedException($"The book that ends at line {number} has more than {LevelsMax} levels.");
            }
            else
            {
                foreach (var before in InOrder(open, last, rejects))
                    yield return before;
                rejects.Clear();
                open = level;
            }

            last = number;
        }

        foreach (var rest in InOrder(open, last, rejects))
            yield return rest;
    }

    // A book and what was wrong among its levels and behind it. Lines must rise, for a batch may end behind any of them.
    private static IEnumerable<ImportRow> InOrder(ImportedBook? book, long last, IEnumerable<ImportRow> rejects) =>
        book is null ? [] : rejects.Append(ImportRow.Of(last, book)).OrderBy(row => row.Line);

    private static bool IsOfOne(ImportedBook book, ImportedBook level) =>
        book.LastUpdateId == level.LastUpdateId && book.IsSnapshot == level.IsSnapshot && book.Market == level.Market && book.Time == level.Time;

    private static ImportedBook Level(ImportSource source, Cells cells)
    {
        var market = source.Hints.Market ?? VenueSpelling.MarketOf(cells.Exactly(9)[0], InstrumentKind.Perpetual)
            ?? throw new RowFaultException("The symbol is none that is known.");
        var level = new BookLevel(cells.Price(6, "price"), cells.Quantity(7, "quantity"));
        var (bids, asks) = cells[4] switch
        {
            "b" => (new List<BookLevel> { level }, new List<BookLevel>()),
            "a" => ([], [level]),
            _ => throw new RowFaultException("The side is neither a nor b."),
        };
        var isSnapshot = cells[5] switch
        {
            "snap" => true,
            "set" => false,
            _ => throw new RowFaultException("The update type is neither snap nor set."),
        };
        return new(
            source.Venue("binance"), market, Rows.Milliseconds(cells.Whole(1, "timestamp")), isSnapshot, cells.Whole(2, "first update id"),
            cells.Whole(3, "last update id"), cells.Whole(8, "pu") is >= 0 and var previous ? previous : null, ReceivedAt: null, bids, asks);
    }
}

/// <summary>Book messages as Bybit's v5 stream sends them, one JSON object on each line. Spot, unless the operator says otherwise.</summary>
internal sealed class BybitBooks : IImportFormat
{
    public string Name => "bybit books";

    public bool Knows(ImportFile file, string head) => head.StartsWith("{\"topic\":\"orderbook.", StringComparison.Ordinal);

    public async IAsyncEnumerable<ImportRow> ReadAsync(
        ImportSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (number, text) in LineText.LinesAsync(source.Content, cancellationToken))
            if (text.Length > 0)
                yield return Rows.Read(number, () => Parse(source, text));
    }

    private static ImportedBook Parse(ImportSource source, string text)
    {
        using var line = JsonDocument.Parse(Encoding.UTF8.GetBytes(text), new() { MaxDepth = 8 });
        var (message, data) = (line.RootElement, line.RootElement.GetProperty("data"));
        var market = source.Hints.Market ?? VenueSpelling.MarketOf(data.GetProperty("s").GetString(), InstrumentKind.Spot)
            ?? throw new RowFaultException("The symbol is none that is known.");
        var isSnapshot = message.GetProperty("type").GetString() switch
        {
            "snapshot" => true,
            "delta" => false,
            _ => throw new RowFaultException("The type is neither snapshot nor delta."),
        };
        var update = data.GetProperty("u").GetInt64();
        // Each message counts one further.
        return new(
            source.Venue("bybit"), market, Rows.Milliseconds(message.GetProperty("ts").GetInt64()), isSnapshot, update, update,
            isSnapshot ? null : update - 1, ReceivedAt: null, Side(data.GetProperty("b")), Side(data.GetProperty("a")));
    }

    private static IReadOnlyList<BookLevel> Side(JsonElement levels) =>
        [.. levels.EnumerateArray().Select(level => new BookLevel(Rows.Price(Amount(level[0]), "price"), Rows.Quantity(Amount(level[1]), "size")))];

    private static decimal Amount(JsonElement text) => Cells.Of(text.GetString()!).Number(0, "amount");
}
