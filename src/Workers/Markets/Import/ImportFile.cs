using System.IO.Compression;
using System.Security.Cryptography;

namespace Platform.Workers.Markets.Import;

/// <summary>A file to import: plain, gzip, or a zip with one file in it, which is read as a stream and never written anywhere.</summary>
public sealed class ImportFile
{
    private const int HeadMax = 4096;

    private static readonly byte[] Zip = [(byte)'P', (byte)'K', 3, 4];
    private static readonly byte[] Gzip = [0x1f, 0x8b];

    private ImportFile(string path, string digest, long length) => (Path, Digest, Length) = (path, digest, length);

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of the bytes, in lower-case hex: the same content is imported once, whatever it is called.</summary>
    public string Digest { get; }

    /// <summary>In bytes, as it lies there.</summary>
    public long Length { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The folders above it and its name, in lower case; what a format knows its market by.</summary>
    public IReadOnlyList<string> Parts => Path.ToLowerInvariant().Split(System.IO.Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);

    /// <exception cref="ImportRefusedException">There is no such file, or it cannot be read.</exception>
    public static async Task<ImportFile> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new ImportRefusedException("It is a folder: name the files in it.");
        if (!File.Exists(full))
            throw new ImportRefusedException("There is no such file.");

        try
        {
            await using var stream = File.OpenRead(full);
            var digest = await SHA256.HashDataAsync(stream, cancellationToken);
            return new(full, Convert.ToHexStringLower(digest), stream.Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ImportRefusedException($"It cannot be read: {error.Message}");
        }
    }

    /// <summary>What is in it, unpacked; <paramref name="position"/> of the packed bytes tells how far one is.</summary>
    /// <exception cref="ImportRefusedException">It is packed in a way that is not taken.</exception>
    public Stream Read(out Func<long> position)
    {
        var file = File.OpenRead(Path);
        try
        {
            position = () => file.CanRead ? file.Position : Length;
            Span<byte> magic = stackalloc byte[Zip.Length];
            var known = magic[..file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false)];
            file.Position = 0;
            if (known.StartsWith(Gzip))
                return new BoundedStream(new GZipStream(file, CompressionMode.Decompress), Length);
            return known.SequenceEqual(Zip) ? ReadZip(file) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The first bytes of what is in it, as far as they are ASCII.</summary>
    public async Task<string> HeadAsync(CancellationToken cancellationToken)
    {
        await using var stream = Read(out _);
        var head = new byte[HeadMax];
        return System.Text.Encoding.ASCII.GetString(
            head, 0, await UnpackedAsync(() => stream.ReadAtLeastAsync(head, HeadMax, throwOnEndOfStream: false, cancellationToken)));
    }

    // A zip may hold one file with a plain name. Nothing is written under that name, yet one that leads elsewhere shows a forger.
    private static BoundedStream ReadZip(FileStream file)
    {
        try
        {
            var archive = new ZipArchive(file, ZipArchiveMode.Read);
            if (archive.Entries is not [var entry])
                throw new ImportRefusedException("A zip holds one file, and this does not.");
            if (entry.FullName.Length is 0 or > 255 || entry.FullName.AsSpan().ContainsAny("/\\:\0")
                || entry.FullName.StartsWith('.') || !entry.FullName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
                throw new ImportRefusedException("The file in the zip is to have a plain name that ends with .csv.");
            return entry.IsEncrypted
                ? throw new ImportRefusedException("The zip is encrypted.")
                : new(entry.Open(), Math.Min(entry.CompressedLength, file.Length), archive);
        }
        catch (InvalidDataException)
        {
            throw new ImportRefusedException("The zip is damaged.");
        }
    }

    private static async Task<T> UnpackedAsync<T>(Func<ValueTask<T>> read)
    {
        try
        {
            return await read();
        }
        catch (InvalidDataException)
        {
            throw new ImportRefusedException("It cannot be unpacked: it is damaged.");
        }
    }
}
