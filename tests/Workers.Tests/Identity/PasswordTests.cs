using Platform.Workers.Identity;

namespace Platform.Workers.Tests.Identity;

public sealed class PasswordTests
{
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
}
