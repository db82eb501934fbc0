using System.Text;
using Marten;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Platform.Api.Tests.Operation;
using Platform.Domain.Secrets;
using Platform.Projections;
using Platform.Tests.Support;
using Platform.Workers.Secrets;

namespace Platform.Api.Tests.Secrets;

/// <summary>The operator's commands, as processes of their own on a database without a platform.</summary>
public sealed class CommandTests
{
    private const int Secrets = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attack_78_rotation_killed_at_each_row_leaves_every_secret_readable_and_is_taken_up()
    {
        await using var bench = await Bench.RaiseAsync();
        var rows = await bench.SealAsync(Secrets);

        // Held by the test, a row stops the rotation when it is about to be replaced; there the rotation is killed.
        for (var row = 0; row < rows.Count; row++)
        {
            await using var held = await bench.HoldAsync(rows[row]);
            await using var rotation = bench.Start("keys", "rotate");
            await bench.WaitsForLockAsync(rotation);
            await rotation.KillAsync();

            await held.RollbackAsync(Cancel);
            await bench.AllReadAsync();
            Assert.Equal((row, Secrets - row), await bench.CountsAsync());
        }

        var ended = await bench.RunAsync(["keys", "rotate"]);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Contains("data key 2", ended.Output, StringComparison.Ordinal);
        Assert.Equal((Secrets, 0), await bench.CountsAsync());
        await bench.AllReadAsync();
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("--value=hunter2")]
    [InlineData("--value", "hunter2")]
    public async Task Attack_127_secret_on_the_command_line_is_refused_and_not_repeated(params string[] typed)
    {
        await using var bench = await Bench.RaiseAsync();

        var ended = await bench.RunAsync(["secrets", "set", "venue.x", "credentials", .. typed]);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("standard input", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", ended.ToString(), StringComparison.Ordinal);
        Assert.Null(await bench.OpenAsync("venue.x", "credentials"));
    }

    [Theory]
    [InlineData("one\n", "one")]
    [InlineData("one\r\n", "one")]
    [InlineData("one\n\n", "one\n")]
    [InlineData("one\n", "one\n", "--exact")]
    public async Task Secret_comes_on_standard_input_without_its_line_end(string input, string value, params string[] options)
    {
        await using var bench = await Bench.RaiseAsync();

        var ended = await bench.RunAsync(["secrets", "set", "venue.x", "credentials", .. options], input);

        Assert.Equal((0, "platform/venue.x:credentials is sealed."), (ended.ExitCode, ended.Output));
        Assert.Equal(value, await bench.OpenAsync("venue.x", "credentials"));
    }

    [Fact]
    public async Task Secrets_are_listed_without_their_values_and_destroyed()
    {
        await using var bench = await Bench.RaiseAsync();
        await bench.RunAsync(["secrets", "set", "venue.x", "credentials"], "never shown");

        var listed = await bench.RunAsync(["secrets", "list"]);
        Assert.Contains("venue.x", listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("never shown", listed.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, (await bench.RunAsync(["secrets", "destroy", "venue.x", "credentials"])).ExitCode);
        Assert.Equal(1, (await bench.RunAsync(["secrets", "destroy", "venue.x", "credentials"])).ExitCode);
        Assert.Null(await bench.OpenAsync("venue.x", "credentials"));
    }

    [Fact]
    public async Task Commands_without_the_key_say_which_check_failed()
    {
        await using var bench = await Bench.RaiseAsync();
        File.Delete(bench.KekFile);

        var set = await bench.RunAsync(["secrets", "set", "venue.x", "credentials"], "one");
        var status = await bench.RunAsync(["keys", "status"]);

        Assert.Equal((1, $"error: The vault is sealed. {bench.KekFile} does not exist."), (set.ExitCode, set.Errors));
        Assert.Contains("The vault is sealed.", status.Output, StringComparison.Ordinal);
    }

    /// <summary>A database with a vault in it, and its key.</summary>
    private sealed class Bench : IAsyncDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("commands-").FullName;
        private readonly string connection;
        private readonly DocumentStore store;
        private readonly NpgsqlDataSource database;
        private readonly VaultSeal seal;
        private readonly SecretVault vault;
        private readonly KeyRotation rotation;

        private Bench(string connection)
        {
            this.connection = connection;
            KekFile = KeyEncryptionKey.MakeIn(folder);
            store = DocumentStore.For(options =>
            {
                options.UsePlatform(connection);
                options.Projections.AsyncMode = JasperFx.Events.Daemon.DaemonMode.ExternallyManaged;
            });
            database = NpgsqlDataSource.Create(connection);
            var ring = new KeyRingStore(store, TimeProvider.System);
            var ivs = new IvSource(System.Security.Cryptography.RandomNumberGenerator.Fill);
            seal = new(new FileKek(KekFile), ring, NullLogger<VaultSeal>.Instance);
            vault = new(seal, ivs, store, TimeProvider.System, NullLogger<SecretVault>.Instance);
            rotation = new(seal, ring, ivs, store, TimeProvider.System, NullLogger<KeyRotation>.Instance);
        }

        public string KekFile { get; }

        public static async Task<Bench> RaiseAsync()
        {
            var bench = new Bench(await TestDatabase.CreateAsync("commands"));
            await PlatformSchema.ApplyAsync(bench.store, Cancel);
            await bench.seal.RefreshAsync(Cancel);
            return bench;
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

        public async Task AllReadAsync()
        {
            foreach (var number in Enumerable.Range(0, Secrets))
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

        private Dictionary<string, string> Settings => new() { ["Platform__Postgres"] = connection, ["Platform__KeyFolder"] = folder };

        private static SecretAddress Address(int number) => new(Pool: null, SecretId.From($"secret.{number}"), SecretName.From("value"));
    }
}
