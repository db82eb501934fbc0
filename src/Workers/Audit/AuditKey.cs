using System.Runtime.Versioning;
using System.Text;
using NSec.Cryptography;
using Platform.Domain.Audit;

namespace Platform.Workers.Audit;

/// <summary>
/// The Ed25519 key that signs checkpoints, from <c>audit.key</c> (PKCS #8, PEM) in the key folder; made at the first
/// start. Auditors are given <c>audit.pub</c> beside it.
/// </summary>
public sealed class AuditKey : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    private static readonly Ed25519 Algorithm = SignatureAlgorithm.Ed25519;

    private readonly Key key;

    private AuditKey(Key key)
    {
        this.key = key;
        Verifier = NoteKey.From(AuditEntry.Log, key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>What others need to check the signatures.</summary>
    public NoteKey Verifier { get; }

    /// <summary>Reads the key, or makes it. Two nodes that share a folder and start at once end up with one key.</summary>
    /// <exception cref="PlatformNotSupportedException">On Windows, where a file has no owner-only mode.</exception>
    public static AuditKey In(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The key folder needs Unix file modes.");
        }

        Directory.CreateDirectory(folder, OwnerOnlyFolder);
        var file = Path.Combine(folder, "audit.key");
        if (!File.Exists(file))
        {
            Make(file);
        }

        var signing = new AuditKey(Key.Import(Algorithm, File.ReadAllBytes(file), KeyBlobFormat.PkixPrivateKeyText));
        WriteWhole(Path.Combine(folder, "audit.pub"), Encoding.UTF8.GetBytes($"{signing.Verifier}\n"), overwrite: true);
        return signing;
    }

    public byte[] Sign(byte[] message) => Algorithm.Sign(key, message);

    /// <summary>Ed25519 as <see cref="SignedNote"/> asks for it.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        PublicKey.TryImport(Algorithm, publicKey, KeyBlobFormat.RawPublicKey, out var imported)
        && imported is not null && Algorithm.Verify(imported, message, signature);

    public void Dispose() => key.Dispose();

    [UnsupportedOSPlatform("windows")]
    private static void Make(string file)
    {
        using var made = Key.Create(Algorithm, new() { ExportPolicy = KeyExportPolicies.AllowPlaintextArchiving });
        try
        {
            WriteWhole(file, made.Export(KeyBlobFormat.PkixPrivateKeyText), overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another node was first: its key is the one.
        }
    }

    // A file that has its name has its whole contents.
    [UnsupportedOSPlatform("windows")]
    private static void WriteWhole(string file, byte[] contents, bool overwrite)
    {
        var draft = $"{file}.{Path.GetRandomFileName()}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            options.UnixCreateMode = OwnerOnly;
            using (var stream = new FileStream(draft, options))
            {
                stream.Write(contents);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, file, overwrite);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
