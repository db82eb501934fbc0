using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Import;

/// <summary>What the operator says of a file, where the file does not say it. Null: nothing was said.</summary>
public sealed record ImportHints(VenueId? Venue, MarketKey? Market);

/// <summary>A file that a format knows, unpacked.</summary>
public sealed record ImportSource(ImportFile File, Stream Content, ImportHints Hints)
{
    /// <exception cref="ImportRefusedException">Neither the file nor the operator says it.</exception>
    public VenueId Venue(string? told = null) => Hints.Venue ?? (told is null
        ? throw new ImportRefusedException("The file does not say of which venue it is: say --venue.")
        : VenueId.From(told));

    /// <summary>What the operator said, else what the venue's spelling means.</summary>
    /// <exception cref="ImportRefusedException">Neither the file nor the operator says it.</exception>
    public MarketKey Market(string? symbol, InstrumentKind kind) => Hints.Market
        ?? VenueSpelling.MarketOf(symbol, kind)
        ?? throw new ImportRefusedException("The file does not say of which market it is: say --market BASE-QUOTE.");
}

/// <summary>One way in which market data is written down. Adding one is one class here and one line in <see cref="ImportFormats"/>.</summary>
public interface IImportFormat
{
    string Name { get; }

    /// <param name="head">The first bytes of what is in the file.</param>
    bool Knows(ImportFile file, string head);

    /// <summary>All rows in the file's order; the same file gives the same rows each time.</summary>
    IAsyncEnumerable<ImportRow> ReadAsync(ImportSource source, CancellationToken cancellationToken);
}
