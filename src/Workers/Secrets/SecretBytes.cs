using System.Security.Cryptography;

namespace Platform.Workers.Secrets;

/// <summary>
/// Secret bytes while they are in use: in one place that the garbage collector never copies, zeroed when disposed of. It
/// prints as nothing, so that no log can hold it.
/// </summary>
public sealed class SecretBytes : IDisposable
{
    private readonly byte[] bytes;
    private bool isDisposed;

    private SecretBytes(int length) => bytes = GC.AllocateArray<byte>(length, pinned: true);

    /// <summary>All zero.</summary>
    public static SecretBytes Empty(int length) => new(length);

    /// <summary>The copy is the caller's to dispose of, and so is what was copied.</summary>
    public static SecretBytes CopyOf(ReadOnlySpan<byte> source)
    {
        var copy = new SecretBytes(source.Length);
        source.CopyTo(copy.bytes);
        return copy;
    }

    /// <exception cref="ObjectDisposedException">There is nothing left to see.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return bytes;
        }
    }

    public int Length => bytes.Length;

    public void Dispose()
    {
        isDisposed = true;
        CryptographicOperations.ZeroMemory(bytes);
    }

    public override string ToString() => "(secret)";
}
