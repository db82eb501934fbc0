using System.Security.Cryptography;
using Platform.Domain.Secrets;
using Platform.Domain.Values;
using Platform.Workers.Secrets;

namespace Platform.Workers.Tests.Secrets;

using static VaultStand;

/// <summary>New keys for old, and what becomes of the old.</summary>
public sealed class RotationTests
{
    private const int Secrets = 50;

    private static readonly TimeSpan Day = KeyRingDecider.BetweenCounts;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_secret_of_every_pool_is_sealed_anew_and_reads_the_same()
    {
        await using var stand = await RaiseAsync();
        await SealManyAsync(stand);

        Assert.Null(await stand.First.Rotation.BeginAsync(Cancel));
        Assert.Equal(Secrets, await stand.First.Rotation.CountBehindAsync(Cancel));
        var done = new List<SecretAddress>();
        await stand.First.Rotation.ResealAsync((address, fault) => done.Add(fault is null ? address : throw new CryptographicException()), Cancel);

        Assert.Equal(Secrets, done.Distinct().Count());
        Assert.Equal(0, await stand.First.Rotation.CountBehindAsync(Cancel));
        await AllReadAsync(stand.First);
        var facts = await stand.EventsAsync(AddressOf(0), SealedSecretId.For(AddressOf(0)).Value);
        Assert.Equal([typeof(SecretSealed), typeof(SecretResealed)], facts.Select(fact => fact.EventType));
        Assert.Equal(1, await stand.First.Vault.VersionAsync(AddressOf(0), Cancel));
    }

    [Fact]
    public async Task Node_that_knows_nothing_of_a_rotation_reads_what_was_sealed_anew()
    {
        await using var stand = await RaiseAsync();
        await stand.First.SealAsync(Address, "one");
        var other = stand.NewNode();
        await other.Seal.RefreshAsync(Cancel);

        await RotateAsync(stand.First);

        Assert.Equal("one", await other.OpenAsync(Address));
    }

    [Fact]
    public async Task Rotations_on_two_nodes_at_once_do_each_secret_once()
    {
        await using var stand = await RaiseAsync();
        await SealManyAsync(stand);
        var other = stand.NewNode();
        await other.Seal.RefreshAsync(Cancel);
        await stand.First.Rotation.BeginAsync(Cancel);
        await other.Seal.RefreshAsync(Cancel);

        await Task.WhenAll(
            stand.First.Rotation.ResealAsync((_, fault) => Assert.Null(fault), Cancel),
            other.Rotation.ResealAsync((_, fault) => Assert.Null(fault), Cancel));

        await AllReadAsync(other);
        foreach (var number in Enumerable.Range(0, Secrets))
            Assert.Equal(2, (await stand.EventsAsync(AddressOf(number), SealedSecretId.For(AddressOf(number)).Value)).Count);
    }

    [Fact]
    public async Task Attack_78_key_that_was_made_and_never_used_is_used_by_whoever_comes_next()
    {
        await using var stand = await RaiseAsync();
        await SealManyAsync(stand);
        await stand.First.Rotation.BeginAsync(Cancel);

        var next = stand.NewNode();
        await next.Seal.RefreshAsync(Cancel);
        await AllReadAsync(next);
        await next.Rotation.ResealAsync((_, fault) => Assert.Null(fault), Cancel);

        await AllReadAsync(next);
        Assert.Equal(2, (await next.Ring.FindAsync(Cancel))!.Active.Version);
    }

    [Fact]
    public async Task Secret_that_cannot_be_read_is_left_as_it_is_and_the_rest_goes_on()
    {
        await using var stand = await RaiseAsync();
        await SealManyAsync(stand);
        await stand.PasteAsync(AddressOf(7), (await stand.RowAsync(AddressOf(8))).Sealed);

        await stand.First.Rotation.BeginAsync(Cancel);
        var faults = new List<(SecretAddress, SecretFault?)>();
        await stand.First.Rotation.ResealAsync((address, fault) => faults.Add((address, fault)), Cancel);

        Assert.Equal(Secrets, faults.Count);
        Assert.Equal((AddressOf(7), SecretFault.NotAuthentic), Assert.Single(faults, done => done.Item2 is not null));
        Assert.Equal(1, await stand.First.Rotation.CountBehindAsync(Cancel));
        Assert.IsType<SecretRefused>(Assert.Single(await stand.ReadsAsync(AddressOf(7))).Data);
        await stand.First.Rotation.TidyAsync(Cancel);
        Assert.Null((await stand.First.Ring.FindAsync(Cancel))!.Find(1)!.RetiredAt);
    }

    [Fact]
    public async Task Key_out_of_use_is_destroyed_a_day_later_and_not_while_it_is_needed()
    {
        await using var stand = await RaiseAsync();
        await stand.First.SealAsync(Address, "one");
        await RotateAsync(stand.First);
        await stand.First.Rotation.TidyAsync(Cancel);
        Assert.NotNull((await stand.First.Ring.FindAsync(Cancel))!.Find(1)!.RetiredAt);

        stand.Time.Advance(Day - TimeSpan.FromTicks(1));
        await stand.First.Rotation.TidyAsync(Cancel);
        Assert.Equal([1, 2], (await stand.First.Ring.WrappedAsync(Cancel)).Keys.Order());

        stand.Time.Advance(TimeSpan.FromTicks(1));
        await stand.First.Rotation.TidyAsync(Cancel);
        Assert.Equal([2], (await stand.First.Ring.WrappedAsync(Cancel)).Keys);
        Assert.Equal(2, (await stand.First.Ring.FindAsync(Cancel))!.MinimumDecryptVersion);
        Assert.Equal("one", await stand.First.OpenAsync(Address));
    }

    [Fact]
    public async Task Every_90_days_the_platform_rotates_by_itself()
    {
        await using var stand = await RaiseAsync();
        await SealManyAsync(stand);

        stand.Time.Advance(KeyRingDecider.ActiveMax - TimeSpan.FromTicks(1));
        await stand.First.Keeper.RoundAsync(Cancel);
        Assert.Equal(1, (await stand.First.Ring.FindAsync(Cancel))!.Active.Version);

        stand.Time.Advance(TimeSpan.FromTicks(1));
        await stand.First.Keeper.RoundAsync(Cancel);
        stand.Time.Advance(Day);
        await stand.First.Keeper.RoundAsync(Cancel);

        Assert.Equal([2], (await stand.First.Ring.WrappedAsync(Cancel)).Keys);
        await AllReadAsync(stand.First);
    }

    [Fact]
    public async Task Ring_wrapped_by_another_key_opens_by_it_alone_and_no_secret_was_touched()
    {
        await using var stand = await RaiseAsync();
        await stand.First.SealAsync(Address, "one");
        await stand.First.Rotation.BeginAsync(Cancel);
        await stand.First.SealAsync(Address with { Pool = null }, "two");
        var row = await stand.RowAsync(Address);
        var file = Path.Combine(Path.GetDirectoryName(stand.KekFile)!, "new-kek");
        await File.WriteAllBytesAsync(file, RandomNumberGenerator.GetBytes(Kek.Length), Cancel);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);

        using (Kek from = new FileKek(stand.KekFile).Read(), to = new FileKek(file).Read())
            Assert.Null(await stand.First.Ring.RewrapAsync(from, to, Cancel));

        var old = stand.NewNode();
        Assert.Equal(VaultState.Sealed, await old.Seal.RefreshAsync(Cancel));
        var next = stand.NewNode(new FileKek(file));
        Assert.Equal(VaultState.Unsealed, await next.Seal.RefreshAsync(Cancel));
        Assert.Equal(("one", "two"), (await next.OpenAsync(Address), await next.OpenAsync(Address with { Pool = null })));
        Assert.Equal(row, await stand.RowAsync(Address));
        Assert.Equal("one", await stand.First.OpenAsync(Address));
    }

    [Fact]
    public async Task Keys_of_the_platform_itself_are_made_once_and_outlive_rotations_and_restarts()
    {
        await using var stand = await RaiseAsync();
        var purpose = SecretId.From("api-keys");
        var nodes = Enumerable.Range(0, 4).Select(_ => stand.NewNode()).ToList();
        await Task.WhenAll(nodes.Select(node => node.Seal.RefreshAsync(Cancel)));

        var keys = await Task.WhenAll(nodes.Select(node => node.Keys.CurrentAsync(purpose, Cancel)));
        var hash = keys[0].Hash("message"u8);
        Assert.All(keys, key => Assert.True(key.Version is 1 && key.IsHashOf(hash, "message"u8)));
        Assert.False(keys[0].IsHashOf(hash, "another"u8));

        var renewed = await nodes[1].Keys.RenewAsync(purpose, Cancel);
        Assert.Equal((2, false), (renewed.Version, renewed.IsHashOf(hash, "message"u8)));
        await RotateAsync(nodes[0]);
        var later = stand.NewNode();
        await later.Seal.RefreshAsync(Cancel);
        Assert.True((await later.Keys.OfAsync(purpose, 1, Cancel))!.IsHashOf(hash, "message"u8));
        Assert.True((await later.Keys.CurrentAsync(purpose, Cancel)).IsHashOf(renewed.Hash("message"u8), "message"u8));
        Assert.Null(await later.Keys.OfAsync(purpose, 3, Cancel));
    }

    private static async Task RotateAsync(Node node)
    {
        Assert.Null(await node.Rotation.BeginAsync(Cancel));
        await node.Rotation.ResealAsync((_, fault) => Assert.Null(fault), Cancel);
    }

    private static async Task SealManyAsync(VaultStand stand)
    {
        foreach (var number in Enumerable.Range(0, Secrets))
            await stand.First.SealAsync(AddressOf(number), $"value {number}");
    }

    private static async Task AllReadAsync(Node node)
    {
        foreach (var number in Enumerable.Range(0, Secrets))
            Assert.Equal($"value {number}", await node.OpenAsync(AddressOf(number)));
    }

    // Some of the platform's own, the others of three pools.
    private static SecretAddress AddressOf(int number) => new(
        number % 4 is 0 ? null : PoolId.From(new($"0199f2b0-0000-7000-8000-00000000000{number % 4}")),
        SecretId.From($"id.{number}"), SecretName.From("name"));
}
