using Platform.Workers.Markets.Import.Formats;

namespace Platform.Workers.Markets.Import;

/// <summary>All that can be imported. A file is of the first format that knows it.</summary>
public static class ImportFormats
{
    public static IReadOnlyList<IImportFormat> All { get; } =
    [
        new LeanBars(), new LeanFunding(), new LeanRules(), new FredTable(), new OecdTable(), new BarTable(), new BarArray(),
        new TardisTrades(), new TradeArray(), new KrakenTrades(), new TardisBooks(), new BinanceDepth(), new BybitBooks(),
        new LeverageTiers(), new InstrumentArray(),
    ];

    /// <exception cref="ImportRefusedException">No format knows the file.</exception>
    public static async Task<IImportFormat> OfAsync(ImportFile file, CancellationToken cancellationToken)
    {
        var head = await file.HeadAsync(cancellationToken);
        return All.FirstOrDefault(format => format.Knows(file, head))
            ?? throw new ImportRefusedException("It is of no format that is known by its name and first bytes; `platform import --help` lists them.");
    }
}
