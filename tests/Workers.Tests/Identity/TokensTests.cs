using Microsoft.Extensions.Time.Testing;
using Platform.Domain.Identity;
using Platform.Workers.Identity;

namespace Platform.Workers.Tests.Identity;

/// <summary>Tokens, passwords and the key files that they rest on.</summary>
public sealed class TokensTests : IDisposable
{
    private static readonly UserId User = UserId.From(new("0199f2b0-0000-7000-8000-0000000000aa"));

    private readonly string folder = Directory.CreateTempSubdirectory("keys-").FullName;
    private readonly FakeTimeProvider time = new(new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Token_speaks_for_its_user_until_the_second_it_ends()
    {
        var tokens = Tokens("one");
        var (token, expiresAt) = tokens.Issue(User);

        time.SetUtcNow(expiresAt - TimeSpan.FromTicks(1));
        Assert.True(tokens.TryRead(token, out var claims));
        Assert.Equal((User, expiresAt), (claims.UserId, claims.ExpiresAt));
        time.SetUtcNow(expiresAt);
        Assert.False(tokens.TryRead(token, out _));
    }

    [Fact]
    public void Token_changed_in_any_place_or_signed_by_another_is_none()
    {
        var (token, _) = Tokens("one").Issue(User);

        Assert.False(Tokens("other").TryRead(token, out _));
        for (var place = 0; place < token.Length - 1; place++)
            Assert.False(Tokens("one").TryRead($"{token[..place]}{(token[place] is 'A' ? 'B' : 'A')}{token[(place + 1)..]}", out _));
        for (var length = 0; length < token.Length; length++)
            Assert.False(Tokens("one").TryRead(token[..length], out _));
    }

    [Fact]
    public void Token_outlives_a_restart()
    {
        var (token, _) = Tokens("one").Issue(User);

        Assert.True(Tokens("one").TryRead(token, out _));
    }

    [Fact]
    public async Task Key_is_made_once_and_read_by_its_owner_only()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SigningKeys.Open(folder, "shared.key"))));

        Assert.Single(keys.Select(key => Convert.ToHexString(key.Export(NSec.Cryptography.KeyBlobFormat.RawPublicKey))).Distinct(StringComparer.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "shared.key")));
        Array.ForEach(keys, key => key.Dispose());
    }

    [Fact]
    public void Password_is_verified_and_its_hash_tells_nothing()
    {
        var (one, other) = (Passwords.Hash("correct horse"), Passwords.Hash("correct horse"));

        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", one, StringComparison.Ordinal);
        Assert.NotEqual(one, other);
        Assert.True(Passwords.Verify("correct horse", one));
        Assert.False(Passwords.Verify("Correct horse", one));
        Assert.False(Passwords.Verify("correct horse", stored: null));
    }

    private Tokens Tokens(string key) => new(SigningKeys.Open(folder, key), time);
}
