using System.Globalization;
using System.Text.Json;
using Platform.Domain.Secrets;
using Platform.Workers.Secrets;

namespace Platform.Workers.Tests.Secrets;

using static VaultStand;

/// <summary>Secrets in and out of the vault, and what is recorded of it.</summary>
public sealed class VaultTests(VaultStand stand) : IClassFixture<VaultStand>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secret_is_read_as_it_was_sealed_by_any_node_and_after_a_restart()
    {
        var address = NewAddress();
        var other = stand.NewNode();
        await other.Seal.RefreshAsync(Cancel);

        await stand.First.SealAsync(address, "one");
        Assert.Equal("one", await other.OpenAsync(address));
        await other.SealAsync(address, "two");
        Assert.Equal("two", await stand.First.OpenAsync(address));
        Assert.Equal(2, await stand.First.Vault.VersionAsync(address, Cancel));
    }

    [Fact]
    public async Task Read_is_recorded_with_who_and_what_for_before_the_value_is_seen()
    {
        var address = NewAddress();
        await stand.First.SealAsync(address, "one");

        await stand.First.OpenAsync(address);

        var read = Assert.Single(await stand.ReadsAsync(address));
        Assert.Equal(
            new SecretRead(SecretAccessId.From(read.StreamId), address.Id, address.Name, 1, Use.Purpose), read.Data);
        Assert.Equal((Use.RayId, Use.UserName), (read.CorrelationId, read.UserName));
    }

    [Fact]
    public async Task Secret_sealed_in_an_operation_is_there_when_the_operation_is_and_not_otherwise()
    {
        var address = NewAddress();
        using var value = SecretBytes.CopyOf("one"u8);
        await using (var session = stand.First.Vault.SessionOf(address))
            await stand.First.Vault.SealAsync(session, Address, value, Cancel);

        Assert.Null(await stand.First.OpenAsync(address));
        Assert.Null(await stand.First.Vault.VersionAsync(address, Cancel));
    }

    [Fact]
    public async Task Secret_is_sealed_and_destroyed_in_a_session_of_its_own_tenant_only()
    {
        using var value = SecretBytes.CopyOf("one"u8);
        await using var session = stand.Store.LightweightSession();

        await Assert.ThrowsAsync<ArgumentException>(() => stand.First.Vault.SealAsync(session, Address, value, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => SecretVault.DestroyAsync(session, Address, Cancel));
    }

    [Fact]
    public async Task Destroyed_secret_is_gone_and_its_name_can_be_used_again()
    {
        var address = NewAddress();
        await stand.First.SealAsync(address, "one");

        Assert.Null(await stand.First.DestroyAsync(address));
        Assert.Equal("not_found", (await stand.First.DestroyAsync(address))!.Code);
        Assert.Null(await stand.First.OpenAsync(address));
        Assert.Null(await stand.RowAsync(address));

        await stand.First.SealAsync(address, "two");
        Assert.Equal("two", await stand.First.OpenAsync(address));
        Assert.Equal(2, await stand.First.Vault.VersionAsync(address, Cancel));
    }

    [Fact]
    public async Task Many_who_read_one_secret_at_once_all_get_it_and_each_read_is_recorded()
    {
        var address = NewAddress();
        await stand.First.SealAsync(address, "one");

        var read = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => stand.First.OpenAsync(address)));

        Assert.All(read, value => Assert.Equal("one", value));
        Assert.Equal(16, (await stand.ReadsAsync(address)).Count);
    }

    [Fact]
    public async Task Secret_sealed_anew_while_it_is_read_is_read_as_it_was_or_as_it_is()
    {
        var address = NewAddress();
        await stand.First.SealAsync(address, "0");
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var readers = Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var last = 0; !done.IsCancellationRequested;)
            {
                var read = int.Parse((await stand.First.OpenAsync(address))!, CultureInfo.InvariantCulture);
                Assert.True(read >= last, $"{read} after {last}");
                last = read;
            }
        }).ToList();
        for (var value = 1; value <= 50; value++)
            await stand.First.SealAsync(address, value.ToString(CultureInfo.InvariantCulture));
        await done.CancelAsync();

        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task Secrets_of_two_pools_by_one_name_are_two_secrets()
    {
        var address = NewAddress();
        await stand.First.SealAsync(address, "pool's");
        await stand.First.SealAsync(address with { Pool = null }, "platform's");

        Assert.Equal("pool's", await stand.First.OpenAsync(address));
        Assert.Equal("platform's", await stand.First.OpenAsync(address with { Pool = null }));
    }

    [Fact]
    public void Bytes_in_use_print_as_nothing_and_are_zeroed_when_done_with()
    {
        var bytes = SecretBytes.CopyOf("never shown"u8);
        var seen = bytes.Span;

        Assert.Equal("(secret)", bytes.ToString());
        Assert.DoesNotContain("never", new OpenedSecret(1, bytes).ToString(), StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => JsonSerializer.Serialize(new OpenedSecret(1, bytes)));
        bytes.Dispose();
        Assert.Equal(-1, seen.IndexOfAnyExcept((byte)0));
        Assert.Throws<ObjectDisposedException>(() => bytes.Span.Length);
    }
}
