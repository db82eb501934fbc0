using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Platform.Domain.Secrets;
using Platform.Workers.Secrets;

namespace Platform.Benchmarks.Secrets;

/// <summary>
/// Sealing and opening 64 bytes, keys derived and checks made, against the same bytes through a bare AES-256-GCM that holds
/// its key. In turn, on one core.
/// </summary>
public static class SealBench
{
    private const int Blocks = 40;
    private const int CallsPerBlock = 2_000;
    private const int ValueBytes = 64;

    private static readonly SecretAddress Address = new(Pool: null, SecretId.From("bench"), SecretName.From("value"));

    public static Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel)
    {
        using var keys = Keys();
        var ivs = new IvSource(RandomNumberGenerator.Fill);
        using var cipher = new AesGcm(RandomNumberGenerator.GetBytes(32), tagSizeInBytes: 16);
        var value = RandomNumberGenerator.GetBytes(ValueBytes);
        var (ours, bare) = (new Samples(), new Samples());

        // The first block of each warms up.
        for (var block = 0; block <= Blocks; block++)
        {
            cancel.ThrowIfCancellationRequested();
            var (our, their) = (Time(() => Ours(value, keys, ivs)), Time(() => Bare(value, cipher)));
            if (block == 0)
                continue;
            ours.Add(our);
            bare.Add(their);
        }

        return Task.FromResult<IReadOnlyList<BenchRow>>([
            new("seal and open 64 bytes", Text(ours.At(50)), Text(bare.At(50)), Samples.Ratio(ours.At(50), bare.At(50)))]);
    }

    private static void Ours(byte[] value, DataKeys keys, IvSource ivs)
    {
        var envelope = Envelope.Seal(Address, keyVersion: 1, value, keys.Derive, ivs.Fill);
        Span<byte> opened = stackalloc byte[ValueBytes];
        if (Envelope.Open(Address, envelope, opened, keys.Derive) is not null)
            throw new CryptographicException("Not opened.");
    }

    private static void Bare(byte[] value, AesGcm cipher)
    {
        Span<byte> iv = stackalloc byte[12], tag = stackalloc byte[16], sealedBytes = stackalloc byte[ValueBytes], opened = stackalloc byte[ValueBytes];
        RandomNumberGenerator.Fill(iv);
        cipher.Encrypt(iv, value, sealedBytes, tag);
        cipher.Decrypt(iv, sealedBytes, tag, opened);
    }

    // Of one call.
    private static TimeSpan Time(Action call)
    {
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < CallsPerBlock; number++)
            call();
        return Stopwatch.GetElapsedTime(start) / CallsPerBlock;
    }

    private static DataKeys Keys()
    {
        var id = KeyRingId.For("bench");
        KeyRingEvent[] past = [new KeyRingOpened(id, KekId.From(new('0', 16))), new DataKeyAdded(id, 1, DateTimeOffset.UnixEpoch)];
        var keys = new DataKeys();
        keys.Replace(
            past.Aggregate(default(KeyRing), KeyRing.Evolve)!,
            new Dictionary<int, SecretBytes> { [1] = SecretBytes.CopyOf(RandomNumberGenerator.GetBytes(Kek.DataKeyLength)) });
        return keys;
    }

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:F2} µs");
}
