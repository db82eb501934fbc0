using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using Platform.Domain.Secrets;
using Platform.Domain.Values;
using Platform.Workers.Secrets;

namespace Platform.Workers.Tests.Secrets;

using static VaultStand;

/// <summary>The attacks on sealed secrets, by somebody who may write to the database (numbers as in the threat list).</summary>
public sealed class SecretAttackTests(VaultStand stand) : IClassFixture<VaultStand>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, Func<SecretAddress, SecretAddress>> Elsewhere => new()
    {
        { "another id", address => address with { Id = SecretId.From("venue.other") } },
        { "another name", address => address with { Name = NewAddress().Name } },
        { "another pool", address => address with { Pool = PoolId.From(new("0199f2b0-0000-7000-8000-000000000002")) } },
        { "the platform's own", address => address with { Pool = null } },
    };

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task Attack_73_envelope_pasted_to_another_address_stays_shut_and_raises_an_alert(
        string where, Func<SecretAddress, SecretAddress> elsewhere)
    {
        var here = NewAddress();
        var address = elsewhere(here);
        await stand.First.SealAsync(here, "one");
        await stand.First.SealAsync(address, where);

        await stand.PasteAsync(address, (await stand.RowAsync(here)).Sealed);

        await Assert.ThrowsAsync<SecretUnreadableException>(() => stand.First.OpenAsync(address));
        var alert = Assert.Single(await stand.ReadsAsync(address));
        Assert.Equal(
            new SecretRefused(
                SecretAccessId.From(alert.StreamId), address.Id, address.Name, 1, Use.Purpose, SecretFault.NotAuthentic), alert.Data);
        Assert.Equal("one", await stand.First.OpenAsync(here));
    }

    public static TheoryData<string, Func<byte[], byte[]>, SecretFault> Broken => new()
    {
        { "nothing", _ => [], SecretFault.Malformed },
        { "one byte", envelope => envelope[..1], SecretFault.Malformed },
        { "truncated to its header", envelope => envelope[..5], SecretFault.Malformed },
        { "empty ciphertext", envelope => [.. envelope[..17], .. envelope[^16..]], SecretFault.Malformed },
        { "wrong magic", envelope => [0x57, .. envelope[1..]], SecretFault.Malformed },
        { "wrong format", envelope => [0x56, 2, .. envelope[2..]], SecretFault.Malformed },
        { "wrong algorithm", envelope => [0x56, 1, 2, .. envelope[3..]], SecretFault.Malformed },
        { "key version 0", envelope => OfKey(envelope, 0), SecretFault.Malformed },
        { "key version unknown", envelope => OfKey(envelope, 777), SecretFault.KeyUnknown },
        { "tag of 12 bytes", envelope => envelope[..^4], SecretFault.NotAuthentic },
        { "one byte cut from the front of the ciphertext", envelope => [.. envelope[..17], .. envelope[18..]], SecretFault.NotAuthentic },
        { "one bit", envelope => [.. envelope[..^1], (byte)(envelope[^1] ^ 1)], SecretFault.NotAuthentic },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Attack_75_broken_envelope_is_refused_in_the_same_words_whatever_is_wrong_with_it(
        string what, Func<byte[], byte[]> breakIt, SecretFault fault)
    {
        var address = NewAddress();
        await stand.First.SealAsync(address, what);
        var envelope = Base64Url.DecodeFromChars((await stand.RowAsync(address)).Sealed);

        await stand.PasteAsync(address, Base64Url.EncodeToString(breakIt(envelope)));

        await RefusedAsync(stand, address, fault);
    }

    [Fact]
    public async Task Attack_75_envelope_of_a_destroyed_data_key_is_refused_in_the_same_words()
    {
        await using var vault = await RaiseAsync();
        await vault.First.SealAsync(Address, "one");
        var old = (await vault.RowAsync(Address)).Sealed;
        await vault.First.Rotation.BeginAsync(Cancel);
        await vault.First.Rotation.ResealAsync((_, fault) => Assert.Null(fault), Cancel);
        await vault.First.Rotation.TidyAsync(Cancel);
        vault.Time.Advance(KeyRingDecider.BetweenCounts);
        await vault.First.Rotation.TidyAsync(Cancel);

        await vault.PasteAsync(Address, old);

        await RefusedAsync(vault, Address, SecretFault.KeyRetired);
    }

    [Fact]
    public void Attack_75_broken_envelope_takes_the_same_time_whatever_is_wrong_with_it()
    {
        using var keys = KeysOf(2);
        var envelope = new SecretCipher(keys, new(RandomNumberGenerator.Fill)).Seal(Address, new byte[64]).Bytes;
        byte[][] variants = [.. Broken.Select(row => row.Data.Item2(envelope)), OfKey(envelope, 1)];
        var times = variants.Select(_ => new List<long>()).ToArray();
        var plaintext = new byte[envelope.Length];

        // In turn, so that whatever else the machine does falls on all of them alike.
        for (var round = 0; round < 2_000; round++)
            for (var variant = 0; variant < variants.Length; variant++)
            {
                var start = Stopwatch.GetTimestamp();
                Envelope.Open(Address, variants[variant], plaintext.AsSpan(0, Envelope.PlaintextBytesOf(variants[variant])), keys.Derive);
                times[variant].Add(Stopwatch.GetTimestamp() - start);
            }

        var medians = times.Select(taken => taken.Order().ElementAt(taken.Count / 2)).ToList();
        Assert.True(medians.Max() < medians.Min() * 2, string.Join(' ', medians));
    }

    [Theory]
    [InlineData("the envelope")]
    [InlineData("the whole row")]
    public async Task Attack_76_row_put_back_to_an_older_version_is_refused(string what)
    {
        var address = NewAddress();
        await stand.First.SealAsync(address, "one");
        var old = await stand.RowAsync(address);
        await stand.First.SealAsync(address, "two");

        if (what is "the envelope")
            await stand.PasteAsync(address, old.Sealed);
        else
            await stand.RestoreAsync(old);

        await RefusedAsync(stand, address, SecretFault.RolledBack);
    }

    [Fact]
    public async Task Attack_76_destroyed_secret_that_is_put_back_is_not_read()
    {
        var address = NewAddress();
        await stand.First.SealAsync(address, "one");
        var old = await stand.RowAsync(address);
        await stand.First.DestroyAsync(address);

        await stand.RestoreAsync(old);

        Assert.Null(await stand.First.OpenAsync(address));
    }

    [Fact]
    public void Attack_77_a_million_seals_have_a_million_ivs()
    {
        const int Seals = 1_000_000;
        using var keys = KeysOf(1);
        var cipher = new SecretCipher(keys, new(RandomNumberGenerator.Fill));
        var ivs = new HashSet<UInt128>(Seals);

        for (var seal = 0; seal < Seals; seal++)
            ivs.Add(IvOf(cipher.Seal(Address, "x"u8).Bytes));

        Assert.Equal(Seals, ivs.Count);
    }

    public static TheoryData<string, FillRandom> BrokenSources => new()
    {
        { "it fails", _ => throw new CryptographicException("no entropy") },
        { "it does nothing", _ => { } },
        { "it is stuck", bytes => bytes.Fill(0x5A) },
    };

    [Theory]
    [MemberData(nameof(BrokenSources))]
    public async Task Attack_77_nothing_is_sealed_when_the_source_of_ivs_is_broken(string how, FillRandom source)
    {
        var address = NewAddress();
        await stand.First.SealAsync(address, "one");
        var broken = stand.NewNode(random: source);
        await broken.Seal.RefreshAsync(Cancel);
        if (how is "it is stuck")
            await broken.SealAsync(NewAddress(), "the first of two alike cannot be told");

        await Assert.ThrowsAsync<CryptographicException>(() => broken.SealAsync(address, "two"));

        Assert.Equal("one", await stand.First.OpenAsync(address));
    }

    [Fact]
    public async Task Attack_80_no_secret_is_read_while_reads_cannot_be_recorded()
    {
        await using var vault = await RaiseAsync();
        await vault.First.SealAsync(Address, "one");
        await vault.TamperAsync("alter table platform.mt_events add constraint down check (type <> 'secret_read') not valid");

        await Assert.ThrowsAnyAsync<Exception>(() => vault.First.OpenAsync(Address));

        await vault.TamperAsync("alter table platform.mt_events drop constraint down");
        Assert.Empty(await vault.ReadsAsync(Address));
        Assert.Equal("one", await vault.First.OpenAsync(Address));
    }

    private static async Task RefusedAsync(VaultStand vault, SecretAddress address, SecretFault fault)
    {
        var refused = await Assert.ThrowsAsync<SecretUnreadableException>(() => vault.First.OpenAsync(address));
        Assert.Equal("The secret cannot be opened.", refused.Message);
        Assert.Null(refused.InnerException);
        Assert.Equal(fault, Assert.IsType<SecretRefused>(Assert.Single(await vault.ReadsAsync(address)).Data).Fault);
    }

    private static DataKeys KeysOf(int version)
    {
        var ring = ((KeyRingEvent[])
            [
                new KeyRingOpened(KeyRingStore.Id, KekId.From("0123456789abcdef")),
                new DataKeyAdded(KeyRingStore.Id, version, DateTimeOffset.UnixEpoch),
                new MinimumDecryptVersionRaised(KeyRingStore.Id, version),
            ]).Aggregate(default(KeyRing), KeyRing.Evolve)!;
        var keys = new DataKeys();
        keys.Replace(ring, new Dictionary<int, SecretBytes> { [version] = SecretBytes.CopyOf(RandomNumberGenerator.GetBytes(Kek.DataKeyLength)) });
        return keys;
    }

    private static byte[] OfKey(byte[] envelope, ushort version)
    {
        var changed = envelope.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(3), version);
        return changed;
    }

    private static UInt128 IvOf(byte[] envelope) =>
        new(BinaryPrimitives.ReadUInt32BigEndian(envelope.AsSpan(5)), BinaryPrimitives.ReadUInt64BigEndian(envelope.AsSpan(9)));
}
