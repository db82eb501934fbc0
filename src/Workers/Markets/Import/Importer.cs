using Npgsql;
using Platform.Projections.Snapshots;

namespace Platform.Workers.Markets.Import;

/// <summary>How far an import is.</summary>
/// <param name="Fraction">Of the file's bytes, from 0 to 1.</param>
public readonly record struct ImportProgress(double Fraction);

/// <summary>What became of a file.</summary>
/// <param name="WasDone">It had been imported whole before, and nothing was done.</param>
/// <param name="Written">Rows that are new or changed, of all runs.</param>
/// <param name="Rejects">Line by line, why a row was not taken.</param>
public sealed record ImportResult(
    ImportFile File, string Format, bool WasDone, long Rows, long Written, IReadOnlyList<(long Line, string Reason)> Rejects);

/// <summary>
/// Imports a file in batches. A batch's rows and how far the file has come are one commit, so that whoever is killed goes on
/// behind the last batch, and the same file again changes nothing. Memory holds one batch, whatever the size of the file.
/// </summary>
public sealed class Importer(NpgsqlDataSource database, RecordRows rows, TimeProvider time)
{
    /// <summary>Rows of a batch; a book counts by its levels.</summary>
    public const int BatchMax = 5_000;

    /// <summary>A file with more faults than this is not what it was taken for.</summary>
    public const int RejectsMax = 10_000;

    private static readonly DateTimeOffset FirstMarket = new(2009, 1, 3, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset FirstRate = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="ImportRefusedException">The file is refused, or the rest of it; what was committed before stays.</exception>
    public async Task<ImportResult> ImportAsync(
        string path, ImportHints hints, Action<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var file = await ImportFile.OpenAsync(path, cancellationToken);
        var format = await ImportFormats.OfAsync(file, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!await ImportLedger.TryLockAsync(connection, file, cancellationToken))
            throw new ImportRefusedException("It is being imported by another process.");

        await ImportLedger.HoldOffRetentionAsync(connection, cancellationToken);
        var state = await ImportLedger.BeginAsync(connection, file, format.Name, time.GetUtcNow(), cancellationToken);
        var wasDone = state.IsDone;
        if (!wasDone)
        {
            state = await ReadAsync(connection, format, file, hints, state, progress, cancellationToken);
            await ImportLedger.FinishAsync(connection, file, time.GetUtcNow(), cancellationToken);
        }

        return new(file, format.Name, wasDone, state.Line, state.Written, await ImportLedger.RejectsAsync(connection, file, cancellationToken));
    }

    private async Task<ImportState> ReadAsync(
        NpgsqlConnection connection, IImportFormat format, ImportFile file, ImportHints hints, ImportState state,
        Action<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        await using var content = file.Read(out var position);
        var batch = new Batch();
        try
        {
            await foreach (var row in format.ReadAsync(new(file, content, hints), cancellationToken))
            {
                if (row.Line <= state.Line)
                    continue;

                batch.Add(Checked(row));
                if (!batch.IsFull)
                    continue;

                state = await CommitAsync(connection, file, batch, state, cancellationToken);
                progress?.Invoke(new((double)position() / Math.Max(1, file.Length)));
            }
        }
        catch (InvalidDataException)
        {
            throw new ImportRefusedException($"It cannot be unpacked behind row {state.Line}: it is damaged.");
        }

        return await CommitAsync(connection, file, batch, state, cancellationToken);
    }

    private async Task<ImportState> CommitAsync(
        NpgsqlConnection connection, ImportFile file, Batch batch, ImportState state, CancellationToken cancellationToken)
    {
        if (batch.Line == 0)
            return state;

        await rows.MakeRoomAsync(batch.Records, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var written = await rows.WriteAsync(connection, batch.Records, cancellationToken);
        if (batch.Rejects.Count > 0)
            await StagedCopy.WriteAsync(
                connection, "md_import_reject", "digest, line, reason", "on conflict do nothing",
                batch.Rejects.Select(reject => new object?[] { file.Digest, reject.Line, reject.Fault }), cancellationToken);
        var next = new ImportState(IsDone: false, batch.Line, state.Written + written, state.Rejected + batch.Rejects.Count);
        await ImportLedger.AdvanceAsync(connection, file, next, batch.Extent, cancellationToken);
        await ImportLedger.CoverAsync(connection, file, RecordRows.PlacesOf(batch.Records), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        batch.Clear();
        return next.Rejected <= RejectsMax
            ? next
            : throw ImportRefusedException.ForRejects();
    }

    // What lies outside of all that was ever traded would make partitions for nothing.
    private ImportRow Checked(ImportRow row)
    {
        var first = row.Record is ImportedSample ? FirstRate : FirstMarket;
        return row.Record?.At is { } at && (at < first || at > time.GetUtcNow().AddDays(1))
            ? ImportRow.Rejected(row.Line, "The time is before the first market, or in the future.")
            : row;
    }

    private sealed class Batch
    {
        private int weight;

        public List<ImportRecord> Records { get; } = [];

        public List<ImportRow> Rejects { get; } = [];

        public long Line { get; private set; }

        public bool IsFull => weight >= BatchMax;

        /// <summary>Null when nothing in it is of any instant.</summary>
        public (DateTimeOffset First, DateTimeOffset Last)? Extent { get; private set; }

        public void Add(ImportRow row)
        {
            Line = row.Line;
            weight += row.Record is ImportedBook book ? 1 + book.Bids.Count + book.Asks.Count : 1;
            if (row.Record is { } record)
                Records.Add(record);
            else
                Rejects.Add(row);
            if (row.Record?.At is { } at)
                Extent = Extent is var (first, last) ? (Earlier(first, at), Later(last, at)) : (at, at);
        }

        public void Clear()
        {
            (weight, Line, Extent) = (0, 0, null);
            Records.Clear();
            Rejects.Clear();
        }

        private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

        private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
    }
}
