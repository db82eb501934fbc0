using NSec.Cryptography;

namespace Platform.Workers.Identity;

/// <summary>Ed25519 keys kept in files that only their owner can read, made at first use.</summary>
public static class SigningKeys
{
    /// <summary>The key of that name in the folder; the first to ask makes it.</summary>
    public static Key Open(string folder, string name)
    {
        var directory = Directory.CreateDirectory(
            folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = Path.Combine(directory.FullName, name);
        if (!File.Exists(path))
            Make(path);
        return Key.Import(
            SignatureAlgorithm.Ed25519, Convert.FromBase64String(File.ReadAllText(path)), KeyBlobFormat.RawPrivateKey);
    }

    // Whoever comes second finds the first one's key: a file never shows up half written.
    private static void Make(string path)
    {
        using var key = Key.Create(
            SignatureAlgorithm.Ed25519, new() { ExportPolicy = KeyExportPolicies.AllowPlaintextArchiving });
        var draft = $"{path}.{Environment.ProcessId}";
        using (var file = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(Convert.ToBase64String(key.Export(KeyBlobFormat.RawPrivateKey)));
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
