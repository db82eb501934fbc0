using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Marten;
using NSec.Cryptography;
using Platform.Projections;
using Platform.Tests.Support;
using Platform.Workers.Identity;

namespace Platform.Benchmarks.Identity;

/// <summary>Believing a token that was never seen, and one that was, against one bare Ed25519 verification of as many bytes.</summary>
public static class TokenBench
{
    private const int Tokens = 4_000;
    private const int Blocks = 5;
    private const string Thumbprint = "xK8t0Pz1mZ0kqk1lqf4y3S2m0C4mC2d0w2cV0m4m3aY";

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(CancellationToken cancel)
    {
        var connection = await TestDatabase.CreateAsync("bench_tokens");
        var folder = Directory.CreateTempSubdirectory("bench-tokens-");
        try
        {
            using (var store = DocumentStore.For(options => options.UsePlatform(connection)))
                await PlatformSchema.ApplyAsync(store, cancel);
            await using var stand = await IdentityStand.StartAsync(connection, folder.FullName, cancel);
            return Measure(stand, await stand.SignInAsync(cancel));
        }
        finally
        {
            await TestDatabase.DropAsync(connection);
            folder.Delete(recursive: true);
        }
    }

    private static List<BenchRow> Measure(IdentityStand stand, string signedIn)
    {
        var (verifier, issuer) = (stand.Of<TokenVerifier>(), stand.Of<TokenIssuer>());
        var parent = verifier.Outer(signedIn, default).Token!;
        var (uncached, cached, bare) = (new Samples(), new Samples(), new Samples());
        var verify = BareVerification(signedIn.Length * 3 / 4);
        for (var block = 0; block <= Blocks; block++)
        {
            string[] tokens = [.. Enumerable.Range(0, Tokens / Blocks).Select(_ =>
                issuer.Inner(parent, parent.Scope, Thumbprint, TimeSpan.FromMinutes(5)).Text)];
            var isWarmUp = block == 0;
            foreach (var token in tokens)
                Time(isWarmUp ? new() : uncached, () => verifier.Inner(token, Thumbprint).Token is not null);
            foreach (var token in tokens)
                Time(isWarmUp ? new() : cached, () => verifier.Inner(token, Thumbprint).Token is not null);
            foreach (var _ in tokens)
                Time(isWarmUp ? new() : bare, verify);
        }

        return
        [
            new("verify a token never seen, median time", Text(uncached), Text(bare), Samples.Ratio(uncached.At(50), bare.At(50))),
            new("verify a token seen before, median time", Text(cached), Text(bare), Samples.Ratio(cached.At(50), bare.At(50))),
        ];
    }

    private static Func<bool> BareVerification(int length)
    {
        using var key = Key.Create(SignatureAlgorithm.Ed25519);
        var (publicKey, message) = (key.PublicKey, RandomNumberGenerator.GetBytes(length));
        var signature = SignatureAlgorithm.Ed25519.Sign(key, message);
        return () => SignatureAlgorithm.Ed25519.Verify(publicKey, message, signature);
    }

    private static void Time(Samples samples, Func<bool> verify)
    {
        var start = Stopwatch.GetTimestamp();
        var isGood = verify();
        samples.Add(Stopwatch.GetElapsedTime(start));
        if (!isGood)
            throw new InvalidOperationException("A good token was refused.");
    }

    private static string Text(Samples samples) =>
        string.Create(CultureInfo.InvariantCulture, $"{samples.At(50).TotalMicroseconds:F1} us (p99 {samples.At(99).TotalMicroseconds:F1} us)");
}
