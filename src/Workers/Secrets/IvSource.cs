using System.Security.Cryptography;
using Platform.Domain.Secrets;

namespace Platform.Workers.Secrets;

/// <summary>
/// Random IVs, until the first sign that the source is stuck: the same bytes twice, or none at all (the continuous test of
/// FIPS 140-2, 4.9.2). A repeated IV would give plaintexts away, so rather nothing is sealed.
/// </summary>
public sealed class IvSource(FillRandom source)
{
    private readonly Lock gate = new();
    private byte[] last = [];

    /// <exception cref="CryptographicException">The source repeats itself, or failed.</exception>
    public void Fill(Span<byte> iv)
    {
        lock (gate)
        {
            source(iv);
            if (!iv.ContainsAnyExcept((byte)0) || iv.SequenceEqual(last))
                throw new CryptographicException("The source of randomness repeats itself.");
            last = iv.ToArray();
        }
    }
}
