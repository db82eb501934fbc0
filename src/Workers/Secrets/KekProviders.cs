using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Workers.Secrets;

/// <summary>From where the key-encryption key comes. It is asked anew each time: nothing keeps the key in memory.</summary>
public interface IKekProvider
{
    /// <exception cref="SecretFileException">There is none, or none that may be used; the message says why.</exception>
    Kek Read();
}

/// <summary>32 bytes in a file that nobody but its owner may read; a systemd credential is such a file.</summary>
public sealed class FileKek(string path) : IKekProvider
{
    public Kek Read() => new(OwnerOnlyFile.Read(path, Kek.Length), path);
}

/// <summary>32 bytes as base64 in the configuration, which may be the environment.</summary>
public sealed class ConfiguredKek(string text) : IKekProvider
{
    public const string Origin = "Platform:Secrets:Kek";

    public Kek Read()
    {
        var key = SecretBytes.Empty(Base64.GetMaxDecodedFromUtf8Length(text.Length));
        if (!Convert.TryFromBase64String(text, key.Span, out var length))
        {
            key.Dispose();
            throw new SecretFileException($"{Origin} is not base64.");
        }

        using (key)
            return new(SecretBytes.CopyOf(key.Span[..length]), Origin);
    }
}

/// <summary>The same key on every machine: for trying things out, and refused everywhere but in Development.</summary>
public sealed class DevelopmentKek(string environment) : IKekProvider
{
    private const string Development = "Development";

    public Kek Read() => environment is Development
        ? new(SecretBytes.CopyOf(SHA256.HashData(Encoding.ASCII.GetBytes("the key-encryption key of every development machine"))), Development)
        : throw new SecretFileException(
            $"Platform:Secrets:UseDevelopmentKek is for the environment {Development}, and this is {environment}.");
}
