using System.Globalization;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace Platform.Workers.Identity;

/// <summary>Passwords as Argon2id hashes in the PHC string format; cost as OWASP advises (19 MiB, 2 passes, 2026).</summary>
public static class Passwords
{
    private const int MemoryKibibytes = 19_456;
    private const int Passes = 2;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    // Verified against when there is no such user, so that an unknown address takes as long as a wrong password.
    private static readonly string Nobody = Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(SaltBytes)));

    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Argon2(MemoryKibibytes, Passes).DeriveBytes(password, salt, HashBytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"$argon2id$v=19$m={MemoryKibibytes},t={Passes},p=1${Unpadded(salt)}${Unpadded(hash)}");
    }

    /// <param name="stored">Null when there is no such user: then the answer is false, and takes as long.</param>
    public static bool Verify(string password, string? stored)
    {
        var (memory, passes, salt, hash) = Read(stored ?? Nobody);
        var derived = Argon2(memory, passes).DeriveBytes(password, salt, hash.Length);
        return CryptographicOperations.FixedTimeEquals(derived, hash) && stored is not null;
    }

    private static Argon2id Argon2(int memory, int passes) => PasswordBasedKeyDerivationAlgorithm.Argon2id(
        new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memory, NumberOfPasses = passes });

    private static (int Memory, int Passes, byte[] Salt, byte[] Hash) Read(string phc)
    {
        if (phc.Split('$') is not ["", "argon2id", "v=19", var cost, var salt, var hash]
            || cost.Split(',') is not [['m', '=', .. var memory], ['t', '=', .. var passes], "p=1"])
            throw new FormatException("A stored password hash is not Argon2id.");

        return (
            int.Parse(memory, CultureInfo.InvariantCulture), int.Parse(passes, CultureInfo.InvariantCulture),
            Padded(salt), Padded(hash));
    }

    private static string Unpadded(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] Padded(string text) =>
        Convert.FromBase64String(text.PadRight(text.Length + ((4 - (text.Length % 4)) % 4), '='));
}
