using System.CommandLine;
using Npgsql;
using NSec.Cryptography;
using Platform.Domain.Audit;

namespace Platform.Audit;

/// <summary>The options every command takes, and where their values come from when they are not given.</summary>
internal static class Settings
{
    public static readonly Option<string?> Connection = new("--connection")
    {
        Description = "Connection string of the platform's database; else the environment's Platform__Postgres.",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the result as one JSON object.",
        Recursive = true,
    };

    public static readonly Option<string?> Key = new("--key")
    {
        Description = "The verifier key that is trusted, or a file with it; else audit.pub in Platform__KeyFolder.",
    };

    /// <exception cref="UsageException">Named nowhere.</exception>
    public static NpgsqlDataSource OpenDatabase(this ParseResult arguments) =>
        NpgsqlDataSource.Create(arguments.ConnectionString());

    /// <exception cref="UsageException">Named nowhere.</exception>
    public static string ConnectionString(this ParseResult arguments)
    {
        var named = arguments.GetValue(Connection) ?? Environment.GetEnvironmentVariable("Platform__Postgres");
        return named is { Length: > 0 }
            ? named
            : throw new UsageException("No database: pass --connection or set Platform__Postgres.");
    }

    /// <exception cref="UsageException">Named nowhere, or not a verifier key.</exception>
    public static NoteKey TrustedKey(this ParseResult arguments)
    {
        var given = arguments.GetValue(Key);
        if (given is null && Environment.GetEnvironmentVariable("Platform__KeyFolder") is { Length: > 0 } folder)
        {
            given = Path.Combine(folder, "audit.pub");
        }

        if (given is null)
        {
            throw new UsageException("No key to trust: pass --key or set Platform__KeyFolder.");
        }

        return NoteKey.Parse(File.Exists(given) ? File.ReadAllText(given) : given)
            ?? throw new UsageException($"Not a verifier key, nor a file with one: {given}");
    }

    /// <summary>Ed25519 as <see cref="SignedNote"/> asks for it.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key)
        && key is not null && SignatureAlgorithm.Ed25519.Verify(key, message, signature);
}
