using System.Security.Cryptography;
using System.Text;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Platform.Domain.Secrets;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Projections.Secrets;
using Platform.Tests.Support;
using Platform.Workers.Secrets;

namespace Platform.Workers.Tests.Secrets;

/// <summary>A vault on a database of its own, with its key in a file, and as many nodes on it as a test wants.</summary>
public sealed class VaultStand : IAsyncLifetime
{
    public static readonly PoolId Pool = PoolId.From(new("0199f2b0-0000-7000-8000-000000000001"));
    public static readonly SecretAddress Address = new(Pool, SecretId.From("venue.paper"), SecretName.From("credentials"));
    public static readonly SecretUse Use = new(SecretPurpose.From("test"), RayId: "ray-1", UserName: "user-1");

    private static int addresses;

    private readonly string folder = Directory.CreateTempSubdirectory("vault-").FullName;
    private readonly List<Node> nodes = [];

    private string connection = "";

    public VaultStand() => KekFile = KeyEncryptionKey.MakeIn(folder);

    public string KekFile { get; }

    public DocumentStore Store { get; private set; } = null!;

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public Node First { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Nobody has opened it yet: there is no ring.</summary>
    public static async Task<VaultStand> RaiseSealedAsync()
    {
        var stand = new VaultStand();
        await stand.StartAsync();
        return stand;
    }

    /// <summary>Its first node is open.</summary>
    public static async Task<VaultStand> RaiseAsync()
    {
        var stand = new VaultStand();
        await stand.InitializeAsync();
        return stand;
    }

    /// <summary>Of a secret that no other test has.</summary>
    public static SecretAddress NewAddress() =>
        Address with { Name = SecretName.From($"secret-{Interlocked.Increment(ref addresses)}") };

    /// <summary>Its first node is open.</summary>
    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        Assert.Equal(VaultState.Unsealed, await First.Seal.RefreshAsync(Cancel));
    }

    /// <summary>Another process on the same database; sealed until it is refreshed.</summary>
    public Node NewNode(IKekProvider? kek = null, FillRandom? random = null)
    {
        var ring = new KeyRingStore(Store, Time);
        var seal = new VaultSeal(kek ?? new FileKek(KekFile), ring, NullLogger<VaultSeal>.Instance);
        var ivs = new IvSource(random ?? RandomNumberGenerator.Fill);
        var vault = new SecretVault(seal, ivs, Store, Time, NullLogger<SecretVault>.Instance);
        var rotation = new KeyRotation(seal, ring, ivs, Store, Time, NullLogger<KeyRotation>.Instance);
        var keeper = new KeyKeeper(seal, ring, rotation, Store, Time, NullLogger<KeyKeeper>.Instance);
        nodes.Add(new(seal, vault, ring, rotation, keeper));
        return nodes[^1];
    }

    /// <summary>The facts of a secret, or of its reads today.</summary>
    public async Task<IReadOnlyList<IEvent>> EventsAsync(SecretAddress address, Guid stream)
    {
        await using var session = Store.QuerySession(address.StoreTenant);
        return await session.Events.FetchStreamAsync(stream, token: Cancel);
    }

    public Task<IReadOnlyList<IEvent>> ReadsAsync(SecretAddress address) =>
        EventsAsync(address, SecretAccessId.For(address, DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime)).Value);

    public async Task<SecretEnvelope> RowAsync(SecretAddress address)
    {
        await using var session = Store.QuerySession(address.StoreTenant);
        return (await session.LoadAsync<SecretEnvelope>(SealedSecretId.For(address), Cancel))!;
    }

    /// <summary>As somebody with access to the database could do it.</summary>
    public async Task TamperAsync(string sql, params object[] parameters)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync(Cancel)); // -1 for a change of tables.
    }

    public Task PasteAsync(SecretAddress to, string envelope) => TamperAsync(
        "update platform.mt_doc_secretenvelope set data = jsonb_set(data, '{sealed}', to_jsonb($2::text)) where id = $1",
        SealedSecretId.For(to).Value, envelope);

    /// <summary>A row as it once was, by somebody with a backup.</summary>
    public async Task RestoreAsync(SecretEnvelope old)
    {
        await using var session = Store.LightweightSession(old.Address.StoreTenant);
        session.Store(old);
        await session.SaveChangesAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        nodes.ForEach(node => node.Seal.Dispose());
        await Store.DisposeAsync();
        await TestDatabase.DropAsync(connection);
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAsync()
    {
        connection = await TestDatabase.CreateAsync("vault");
        Store = DocumentStore.For(options =>
        {
            options.UsePlatform(connection);
            options.Events.TimeProvider = Time;
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        });
        await PlatformSchema.ApplyAsync(Store, Cancel);
        First = NewNode();
    }

    /// <summary>What one process has of the vault.</summary>
    public sealed record Node(VaultSeal Seal, SecretVault Vault, KeyRingStore Ring, KeyRotation Rotation, KeyKeeper Keeper)
    {
        public VaultKeys Keys { get; } = new(Vault);

        public async Task SealAsync(SecretAddress address, string value)
        {
            using var bytes = SecretBytes.CopyOf(Encoding.UTF8.GetBytes(value));
            await using var session = Vault.SessionOf(address);
            await Vault.SealAsync(session, address, bytes, Cancel);
            await session.SaveChangesAsync(Cancel);
        }

        /// <summary>Null when there is no such secret.</summary>
        public async Task<string?> OpenAsync(SecretAddress address)
        {
            using var opened = await Vault.OpenAsync(address, Use, Cancel);
            return opened is null ? null : Encoding.UTF8.GetString(opened.Value.Span);
        }

        public async Task<Refusal?> DestroyAsync(SecretAddress address)
        {
            await using var session = Vault.SessionOf(address);
            var refusal = await SecretVault.DestroyAsync(session, address, Cancel);
            await session.SaveChangesAsync(Cancel);
            return refusal;
        }
    }
}
