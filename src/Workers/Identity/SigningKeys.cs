using System.Text;
using NSec.Cryptography;
using Platform.Workers.Pki;

namespace Platform.Workers.Identity;

/// <summary>Ed25519 keys kept in files that only their owner can read, made at first use.</summary>
public static class SigningKeys
{
    /// <summary>The key of that name in the folder; the first to ask makes it.</summary>
    public static Key Open(string folder, string name)
    {
        var stored = KeyFile.ReadOrMake(KeyFile.In(folder, name), Make);
        return Key.Import(
            SignatureAlgorithm.Ed25519, Convert.FromBase64String(Encoding.ASCII.GetString(stored)), KeyBlobFormat.RawPrivateKey);
    }

    private static byte[] Make()
    {
        using var key = Key.Create(
            SignatureAlgorithm.Ed25519, new() { ExportPolicy = KeyExportPolicies.AllowPlaintextArchiving });
        return Encoding.ASCII.GetBytes(Convert.ToBase64String(key.Export(KeyBlobFormat.RawPrivateKey)));
    }
}
