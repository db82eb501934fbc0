using System.Security.Cryptography;
using Platform.Workers.Secrets;

namespace Platform.Workers.Tests.Secrets;

using static VaultStand;

/// <summary>When the vault opens, and what it says when it does not.</summary>
public sealed class UnsealingTests(VaultStand shared) : IClassFixture<VaultStand>
{
    private const UnixFileMode Owner = UnixFileMode.UserRead;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Troubles => new()
    {
        { "missing", "does not exist" },
        { "in a folder that is missing", "does not exist" },
        { "readable by the group", "is open to others than its owner (GroupRead): chmod 400" },
        { "readable by the world", "is open to others than its owner (OtherRead): chmod 400" },
        { "empty", "has 0 bytes" },
        { "a byte short", "holds 31 bytes; a key-encryption key has 32" },
        { "a byte long", "has 33 bytes" },
        { "another key", "the data keys are wrapped by" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Attack_79_vault_stays_sealed_says_why_and_opens_when_the_key_is_right(string how, string says)
    {
        var address = NewAddress();
        await shared.First.SealAsync(address, "one");
        var key = await File.ReadAllBytesAsync(shared.KekFile, Cancel);
        var file = Path.Combine(Path.GetDirectoryName(shared.KekFile)!, Path.GetRandomFileName());
        var node = shared.NewNode(Spoiled(file, key, how));

        Assert.Equal(VaultState.Sealed, await node.Seal.RefreshAsync(Cancel));
        Assert.Contains(says, node.Seal.Trouble, StringComparison.Ordinal);
        await Assert.ThrowsAsync<VaultSealedException>(() => node.OpenAsync(address));
        await Assert.ThrowsAsync<VaultSealedException>(() => node.SealAsync(address, "two"));
        Assert.False(node.Seal.UnsealedAsync(Cancel).IsCompleted);
        if (how is "in a folder that is missing")
            return;

        File.Delete(file);
        await File.WriteAllBytesAsync(file, key, Cancel);
        File.SetUnixFileMode(file, Owner);
        Assert.Equal(VaultState.Unsealed, await node.Seal.RefreshAsync(Cancel));
        Assert.Null(node.Seal.Trouble);
        await node.Seal.UnsealedAsync(Cancel);
        Assert.Equal("one", await node.OpenAsync(address));
    }

    [Fact]
    public async Task Attack_79_data_key_changed_in_its_row_keeps_the_vault_sealed()
    {
        await using var stand = await RaiseAsync();
        await stand.First.Rotation.BeginAsync(Cancel);
        var node = stand.NewNode();

        // The older key in the place of the newest: it would seal by a key that was given up.
        await stand.TamperAsync(
            """
            update platform.mt_doc_wrappedkey newest set data = jsonb_set(newest.data, '{wrapped}', oldest.data -> 'wrapped')
            from platform.mt_doc_wrappedkey oldest where newest.id = 2 and oldest.id = 1
            """);

        Assert.Equal(VaultState.Sealed, await node.Seal.RefreshAsync(Cancel));
        Assert.Contains("Data key 2 cannot be unwrapped", node.Seal.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_vault_stays_open_when_its_key_file_goes()
    {
        await using var stand = await RaiseAsync();
        await stand.First.SealAsync(Address, "one");
        File.Delete(stand.KekFile);

        Assert.Equal(VaultState.Unsealed, await stand.First.Seal.RefreshAsync(Cancel));
        Assert.Equal("one", await stand.First.OpenAsync(Address));
    }

    [Fact]
    public async Task Nodes_that_begin_at_once_have_one_ring()
    {
        await using var stand = await RaiseSealedAsync();
        var nodes = Enumerable.Range(0, 4).Select(_ => stand.NewNode()).ToList();

        await Task.WhenAll(nodes.Select(node => node.Seal.RefreshAsync(Cancel)));

        Assert.All(nodes, node => Assert.Equal(VaultState.Unsealed, node.Seal.State));
        await nodes[0].SealAsync(Address, "one");
        Assert.All(
            await Task.WhenAll(nodes.Select(node => node.OpenAsync(Address))), value => Assert.Equal("one", value));
    }

    [Fact]
    public void Key_comes_from_the_file_the_configuration_or_systemd()
    {
        var folder = Directory.CreateTempSubdirectory("kek-").FullName;
        var file = Platform.Tests.Support.KeyEncryptionKey.MakeIn(folder);
        var text = Convert.ToBase64String(File.ReadAllBytes(file));
        File.Copy(file, Path.Combine(folder, "platform-kek"));

        Assert.Single(((SecretsOptions[])[new(), new() { KekFile = file }, new() { Kek = text }])
            .Select(options => IdOf(options, folder, credentials: null)).Append(IdOf(new(), "nowhere", folder)).Distinct());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Key_in_the_configuration_that_is_none_is_refused_without_being_told()
    {
        var refused = Assert.Throws<SecretFileException>(() => IdOf(new() { Kek = "canary+kek!" }, "nowhere", credentials: null));

        Assert.Equal("Platform:Secrets:Kek is not base64.", refused.Message);
        Assert.Throws<SecretFileException>(() => IdOf(new() { Kek = "AAAA" }, "nowhere", credentials: null));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("development")]
    public void Key_of_every_development_machine_is_refused_elsewhere(string environment)
    {
        var options = new SecretsOptions { UseDevelopmentKek = true };

        using var key = options.Provider("nowhere", credentials: null, "Development").Read();
        var refused = Assert.Throws<SecretFileException>(() => options.Provider("nowhere", credentials: null, environment).Read());
        Assert.Contains(environment, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrapped_data_key_is_unwrapped_by_its_key_and_at_its_version_only()
    {
        using Kek one = KekOf(1), other = KekOf(2);
        var dataKey = RandomNumberGenerator.GetBytes(Kek.DataKeyLength);
        var wrapped = one.Wrap(7, dataKey);

        using var unwrapped = one.Unwrap(7, wrapped);
        Assert.Equal(dataKey, unwrapped!.Span.ToArray());
        Assert.Null(one.Unwrap(8, wrapped));
        Assert.Null(other.Unwrap(7, wrapped));
        Assert.Null(one.Unwrap(7, "not base64!"));
        Assert.Null(one.Unwrap(7, string.Empty));
        Assert.Null(one.Unwrap(7, wrapped[..^8]));
        Assert.NotEqual(one.Id, other.Id);
    }

    private static Kek KekOf(byte value)
    {
        var bytes = SecretBytes.Empty(Kek.Length);
        bytes.Span.Fill(value);
        return new(bytes, "test");
    }

    private static string IdOf(SecretsOptions options, string keyFolder, string? credentials)
    {
        using var key = options.Provider(keyFolder, credentials, "Production").Read();
        return key.Id.Value;
    }

    private static FileKek Spoiled(string file, byte[] key, string how)
    {
        var (contents, mode) = how switch
        {
            "readable by the group" => (key, Owner | UnixFileMode.GroupRead),
            "readable by the world" => (key, Owner | UnixFileMode.OtherRead),
            "empty" => ([], Owner),
            "a byte short" => (key[..^1], Owner),
            "a byte long" => ([.. key, 1], Owner),
            "another key" => (RandomNumberGenerator.GetBytes(Kek.Length), Owner),
            _ => (null, Owner),
        };
        if (contents is not null)
        {
            File.WriteAllBytes(file, contents);
            File.SetUnixFileMode(file, mode);
        }
        return new(how is "in a folder that is missing" ? Path.Combine(file, "nowhere", "kek") : file);
    }
}
