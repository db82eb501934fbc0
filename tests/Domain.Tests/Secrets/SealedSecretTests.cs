using Platform.Domain.Secrets;

namespace Platform.Domain.Tests.Secrets;

public sealed class SealedSecretTests : SecretSpec
{
    private static readonly SealedSecretId Id = SealedSecretId.For(Address);

    private static SecretSealed Sealed(int version, int keyVersion, char digest) =>
        new SecretSealed(Id, Address.Id, Address.Name, version, keyVersion, Digest(digest));

    private static readonly SecretDestroyed Destroyed = new SecretDestroyed(Id, Address.Id, Address.Name, 1);

    [Fact]
    public void First_value_is_version_1() =>
        Then(SealedSecretDecider.Decide(new SealSecret(Address, 1, Digest('a')), secret: null), Sealed(1, 1, 'a'));

    [Fact]
    public void Every_value_has_the_next_version() => Then(
        SealedSecretDecider.Decide(new SealSecret(Address, 2, Digest('b')), Given(Sealed(1, 1, 'a'))), Sealed(2, 2, 'b'));

    [Fact]
    public void Value_that_is_only_to_be_the_first_replaces_none()
    {
        Then(SealedSecretDecider.Decide(new SealFirst(Address, 1, Digest('a')), secret: null), Sealed(1, 1, 'a'));
        Then(SealedSecretDecider.Decide(new SealFirst(Address, 1, Digest('b')), Given(Sealed(1, 1, 'a'))));
        Then(SealedSecretDecider.Decide(new SealFirst(Address, 1, Digest('b')), Given(Sealed(1, 1, 'a'), Destroyed)), Sealed(2, 1, 'b'));
    }

    [Fact]
    public void Versions_count_on_past_a_destruction() => Then(
        SealedSecretDecider.Decide(new SealSecret(Address, 1, Digest('b')), Given(Sealed(1, 1, 'a'), Destroyed)), Sealed(2, 1, 'b'));

    [Fact]
    public void Value_sealed_by_a_newer_data_key_keeps_its_version() => Then(
        SealedSecretDecider.Decide(new ResealSecret(Address, 1, 2, Digest('b')), Given(Sealed(1, 1, 'a'))),
        new SecretResealed(Id, Address.Id, Address.Name, 1, 2, Digest('b')));

    [Fact]
    public void Value_sealed_by_the_data_key_already_is_left_alone() => Then(
        SealedSecretDecider.Decide(new ResealSecret(Address, 1, 2, Digest('b')), Given(Sealed(1, 2, 'a'))));

    [Fact]
    public void Value_that_was_replaced_meanwhile_is_not_sealed_over() => ThenRefused(
        SealedSecretDecider.Decide(new ResealSecret(Address, 1, 3, Digest('b')), Given(Sealed(1, 1, 'a'), Sealed(2, 1, 'c'))),
        "secret_changed");

    [Fact]
    public void Secret_is_destroyed_once()
    {
        Then(SealedSecretDecider.Decide(new DestroySecret(Address), Given(Sealed(1, 1, 'a'))), Destroyed);
        ThenRefused(SealedSecretDecider.Decide(new DestroySecret(Address), Given(Sealed(1, 1, 'a'), Destroyed)), "not_found");
        ThenRefused(SealedSecretDecider.Decide(new DestroySecret(Address), secret: null), "not_found");
        ThenRefused(
            SealedSecretDecider.Decide(new ResealSecret(Address, 1, 2, Digest('b')), Given(Sealed(1, 1, 'a'), Destroyed)), "not_found");
    }

    [Fact]
    public void Present_envelope_is_the_one_sealed_last()
    {
        Assert.Equal(Digest('a'), Given(Sealed(1, 1, 'a'))!.Digest);
        Assert.Equal(
            new SealedSecret(Id, 1, 2, Digest('b')),
            Given(Sealed(1, 1, 'a'), new SecretResealed(Id, Address.Id, Address.Name, 1, 2, Digest('b'))));
        Assert.True(Given(Sealed(1, 1, 'a'), Destroyed)!.IsDestroyed);
        Assert.False(Given(Sealed(1, 1, 'a'), Destroyed, Sealed(2, 1, 'b'))!.IsDestroyed);
    }

    [Fact]
    public void Days_reads_are_one_stream()
    {
        var day = SecretAccessId.For(Address, new(2026, 1, 2));
        SecretAccessEvent[] past =
        [
            new SecretRead(day, Address.Id, Address.Name, 1, SecretPurpose.From("test")),
            new SecretRefused(day, Address.Id, Address.Name, 1, SecretPurpose.From("test"), SecretFault.NotAuthentic),
        ];

        Assert.Equal(new SecretAccess(day, Address.Id, Address.Name), past.Aggregate(default(SecretAccess), SecretAccess.Evolve));
        Assert.Equal(new SecretAccess(day, Address.Id, Address.Name), past.Reverse().Aggregate(default(SecretAccess), SecretAccess.Evolve));
    }

    private static SealedSecret? Given(params SealedSecretEvent[] past) => past.Aggregate(default(SealedSecret), SealedSecret.Evolve);
}
