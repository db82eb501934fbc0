using System.IO.Compression;

namespace Platform.PaperVenue.Replay;

/// <summary>A file of recorded trades or quotes that the venue can play.</summary>
/// <param name="BaseAsset">As the file's name says.</param>
public sealed record Recording(string Path, string BaseAsset, string QuoteAsset)
{
    private const string Formats =
        "known are CSV (time,price,volume), .json.gz (trades or bars) and LEAN .zip (trade or quote bars)";

    // The longest first, so that USDT is not read as an asset priced in USD.
    private static readonly string[] QuoteAssets = ["USDT", "BUSD", "USDC", "EUR", "USD", "BTC", "ETH"];

    /// <param name="symbol">The market's name; null takes it from the file's, or its folder's.</param>
    /// <exception cref="UnreadableRecordingException">There is no such file, or nothing tells its market.</exception>
    public static Recording Open(string path, string? symbol)
    {
        if (!File.Exists(path))
            throw new UnreadableRecordingException($"no such file: {path}");

        var folder = System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)));
        var words = $"{System.IO.Path.GetFileName(path)} {folder}".Split(' ', '-', '_', '.');
        foreach (var word in symbol is null ? words : [symbol])
        {
            var name = word.ToUpperInvariant();
            var quote = Array.Find(QuoteAssets, asset => name.EndsWith(asset, StringComparison.Ordinal));
            if (quote is not null && name.Length - quote.Length is >= 3 and <= 6)
                return new(path, name[..^quote.Length], quote);
        }
        throw new UnreadableRecordingException($"cannot tell the market of {path}; give --replay-market");
    }

    /// <summary>Reads the steps one after the other; never holds more than a few of them.</summary>
    /// <exception cref="UnreadableRecordingException">The file, or a line of it, has no known format.</exception>
    public IAsyncEnumerable<RecordedStep> ReadAsync() => System.IO.Path.GetExtension(Path) switch
    {
        ".csv" => TradeLines.ReadAsync(() => File.OpenText(Path)),
        ".gz" => JsonRows.ReadAsync(() => new GZipStream(File.OpenRead(Path), CompressionMode.Decompress)),
        ".zip" => LeanBars.ReadAsync(Path),
        _ => throw new UnreadableRecordingException($"unknown format: {Path}; {Formats}"),
    };

    public static UnreadableRecordingException Unknown(string what) => new($"unknown format: {what}; {Formats}");
}

/// <summary>The recording cannot be played; the message says why, for the person who named it.</summary>
public sealed class UnreadableRecordingException(string message) : Exception(message);
