using System.Text;
using NSec.Cryptography;
using Platform.Domain.Audit;
using Platform.Workers.Pki;

namespace Platform.Workers.Audit;

/// <summary>
/// The Ed25519 key that signs checkpoints, from <c>audit.key</c> (PKCS #8, PEM) in the key folder; made at the first
/// start. Auditors are given <c>audit.pub</c> beside it.
/// </summary>
public sealed class AuditKey : IDisposable
{
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
    public static AuditKey In(string folder)
    {
        var stored = KeyFile.ReadOrMake(KeyFile.In(folder, "audit.key"), Make);
        var signing = new AuditKey(Key.Import(Algorithm, stored, KeyBlobFormat.PkixPrivateKeyText));
        KeyFile.Write(KeyFile.In(folder, "audit.pub"), Encoding.UTF8.GetBytes($"{signing.Verifier}\n"), overwrite: true);
        return signing;
    }

    public byte[] Sign(byte[] message) => Algorithm.Sign(key, message);

    /// <summary>Ed25519 as <see cref="SignedNote"/> asks for it.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        PublicKey.TryImport(Algorithm, publicKey, KeyBlobFormat.RawPublicKey, out var imported)
        && imported is not null && Algorithm.Verify(imported, message, signature);

    public void Dispose() => key.Dispose();

    private static byte[] Make()
    {
        using var made = Key.Create(Algorithm, new() { ExportPolicy = KeyExportPolicies.AllowPlaintextArchiving });
        return made.Export(KeyBlobFormat.PkixPrivateKeyText);
    }
}
