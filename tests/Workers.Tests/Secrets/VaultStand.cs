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
internal sealed class VaultStand : IAsyncDisposable
{
    public static readonly PoolId Pool = PoolId.From(new("0199f2b0-0000-7000-8000-000000000001"));
    public static readonly SecretAddress Address = new(Pool, SecretId.From("venue.paper"), SecretName.From("credentials"));
    public static readonly SecretUse Use = new(SecretPurpose.From("test"), RayId: "ray-1", UserName: "user-1");

    private readonly string connection;
    private readonly string folder = Directory.CreateTempSubdirectory("vault-").FullName;
    private readonly List<Node> nodes = [];

    private VaultStand(string connection)
    {
        this.connection = connection;
        KekFile = KeyEncryptionKey.MakeIn(folder);
        Store = DocumentStore.For(options =>
        {
            options.UsePlatform(connection);
            options.Events.TimeProvider = Time;
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        });
        First = NewNode();
    }

    public string KekFile { get; }

    public DocumentStore Store { get; }

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public Node First { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Its first node is open.</summary>
    public static async Task<VaultStand> RaiseAsync()
    {
        var stand = new VaultStand(await TestDatabase.CreateAsync("vault"));
        await PlatformSchema.ApplyAsync(stand.Store, Cancel);
        Assert.Equal(VaultState.Unsealed, await stand.First.Seal.RefreshAsync(Cancel));
        return stand;
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
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync(Cancel));
    }

    public Task PasteAsync(SecretAddress to, string envelope) => TamperAsync(
        "update platform.mt_doc_secretenvelope set data = jsonb_set(data, '{sealed}', to_jsonb($2::text)) where id = $1",
        SealedSecretId.For(to).Value, envelope);

    public async ValueTask DisposeAsync()
    {
        nodes.ForEach(node => node.Seal.Dispose());
        await Store.DisposeAsync();
        await TestDatabase.DropAsync(connection);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>What one process has of the vault.</summary>
    internal sealed record Node(VaultSeal Seal, SecretVault Vault, KeyRingStore Ring, KeyRotation Rotation, KeyKeeper Keeper)
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
