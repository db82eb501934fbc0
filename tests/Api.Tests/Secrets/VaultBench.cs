using System.Security.Cryptography;
using System.Text;
using JasperFx.Events.Daemon;
using Marten;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Platform.Api.Tests.Operation;
using Platform.Domain.Secrets;
using Platform.Projections;
using Platform.Tests.Support;
using Platform.Workers.Secrets;

namespace Platform.Api.Tests.Secrets;

/// <summary>A database with a vault in it, and its key.</summary>
public sealed class VaultBench : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("commands-").FullName;
    private string connection = "";
    private DocumentStore store = null!;
    private NpgsqlDataSource database = null!;
    private VaultSeal seal = null!;
    private SecretVault vault = null!;
    private KeyRotation rotation = null!;

    public VaultBench() => KekFile = KeyEncryptionKey.MakeIn(folder);

    public string KekFile { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Settings => new() { ["Platform__Postgres"] = connection, ["Platform__KeyFolder"] = folder };

    public static async Task<VaultBench> RaiseAsync()
    {
        var bench = new VaultBench();
        await bench.InitializeAsync();
        return bench;
    }

    public async ValueTask InitializeAsync()
    {
        connection = await TestDatabase.CreateAsync("commands");
        store = DocumentStore.For(options =>
        {
            options.UsePlatform(connection);
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        });
        database = NpgsqlDataSource.Create(connection);
        var ring = new KeyRingStore(store, TimeProvider.System);
        var ivs = new IvSource(RandomNumberGenerator.Fill);
        seal = new(new FileKek(KekFile), ring, NullLogger<VaultSeal>.Instance);
        vault = new(seal, ivs, store, TimeProvider.System, NullLogger<SecretVault>.Instance);
        rotation = new(seal, ring, ivs, store, TimeProvider.System, NullLogger<KeyRotation>.Instance);
        await PlatformSchema.ApplyAsync(store, Cancel);
        await seal.RefreshAsync(Cancel);
    }

    /// <summary>Seals so many, each its own number; their rows in the order in which they are sealed anew.</summary>
    public async Task<IReadOnlyList<Guid>> SealAsync(int count)
    {
        foreach (var number in Enumerable.Range(0, count))
        {
            using var value = SecretBytes.CopyOf(Encoding.ASCII.GetBytes($"{number}"));
            await using var session = vault.SessionOf(Address(number));
            await vault.SealAsync(session, Address(number), value, Cancel);
            await session.SaveChangesAsync(Cancel);
        }

        List<Guid> rows = [];
        await using var command = database.CreateCommand("select id from platform.mt_doc_secretenvelope order by id");
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        while (await reader.ReadAsync(Cancel))
            rows.Add(reader.GetGuid(0));
        return rows;
    }

    /// <summary>So many were sealed, and each is what it was.</summary>
    public async Task AllReadAsync(int count)
    {
        foreach (var number in Enumerable.Range(0, count))
            Assert.Equal($"{number}", await OpenAsync($"secret.{number}", "value"));
    }

    /// <summary>Null when there is none.</summary>
    public async Task<string?> OpenAsync(string id, string name)
    {
        using var opened = await vault.OpenAsync(
            new(Pool: null, SecretId.From(id), SecretName.From(name)), new(SecretPurpose.From("test")), Cancel);
        return opened is null ? null : Encoding.UTF8.GetString(opened.Value.Span);
    }

    /// <summary>How many are sealed by the second data key, and how many by the first.</summary>
    public async Task<(long Second, long First)> CountsAsync() =>
        (await rotation.CountAsync(2, Cancel), await rotation.CountAsync(1, Cancel));

    /// <summary>Locks a row until the transaction ends.</summary>
    public async Task<NpgsqlTransaction> HoldAsync(Guid row)
    {
        var open = await database.OpenConnectionAsync(Cancel);
        var transaction = await open.BeginTransactionAsync(Cancel);
        await using var command = new NpgsqlCommand(
            "select 1 from platform.mt_doc_secretenvelope where id = $1 for update", open, transaction);
        command.Parameters.Add(new() { Value = row });
        Assert.NotNull(await command.ExecuteScalarAsync(Cancel));
        return transaction;
    }

    public Task WaitsForLockAsync(ChildProcess process) => Eventually.IsTrueAsync(
        "the rotation has come to the row", Patience, async stop =>
        {
            Assert.False(process.HasExited, process.LogTail);
            await using var command = database.CreateCommand(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
            return (long)(await command.ExecuteScalarAsync(stop))! == 1;
        }, Cancel);

    public ChildProcess Start(params string[] arguments) =>
        ChildProcess.Start(PlatformProcess.Program, arguments, Settings, Path.Combine(folder, "command.log"));

    public Task<Script.Ended> RunAsync(string[] arguments, string input = "") =>
        Script.RunAsync(PlatformProcess.Program, arguments, Settings, Cancel, input);

    public async ValueTask DisposeAsync()
    {
        seal.Dispose();
        await store.DisposeAsync();
        await database.DisposeAsync();
        await TestDatabase.DropAsync(connection);
        Directory.Delete(folder, recursive: true);
    }

    private static SecretAddress Address(int number) => new(Pool: null, SecretId.From($"secret.{number}"), SecretName.From("value"));
}
