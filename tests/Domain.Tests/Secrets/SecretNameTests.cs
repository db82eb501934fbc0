using Platform.Domain.Secrets;

namespace Platform.Domain.Tests.Secrets;

public sealed class SecretNameTests : SecretSpec
{
    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("..\\a")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("ａ")]
    [InlineData("a\u0000")]
    public void Attack_74_name_that_could_be_split_another_way_is_refused_when_it_is_read(string text)
    {
        Assert.Throws<ArgumentException>(() => SecretId.From(text));
        Assert.Throws<ArgumentException>(() => SecretName.From(text));
        Assert.Throws<ArgumentException>(() => SecretPurpose.From(text));
    }

    [Fact]
    public void Name_is_at_most_128_long()
    {
        Assert.Equal(128, SecretId.From(new('a', 128)).Value.Length);
        Assert.Throws<ArgumentException>(() => SecretId.From(new('a', 129)));
        Assert.Throws<ArgumentException>(() => SecretName.From(new('a', 129)));
    }

    [Fact]
    public void Every_address_has_a_stream_of_its_own()
    {
        SecretAddress[] addresses =
        [
            Address, Address with { Pool = null }, Address with { Id = SecretId.From("venue.other") },
            Address with { Name = SecretName.From("other") },
            Address with { Id = SecretId.From("venue.papercredentials"), Name = SecretName.From("c") },
        ];

        Assert.Distinct(addresses.Select(SealedSecretId.For));
        Assert.Distinct(addresses.Select(address => SecretAccessId.For(address, new(2026, 1, 2))));
        Assert.NotEqual(SecretAccessId.For(Address, new(2026, 1, 2)), SecretAccessId.For(Address, new(2026, 1, 3)));
    }

    [Theory]
    [InlineData("0123456789ABCDEF")]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789abcdeg")]
    public void Text_that_is_no_key_id_or_digest_is_refused(string text)
    {
        Assert.Throws<ArgumentException>(() => KekId.From(text));
        Assert.Throws<ArgumentException>(() => EnvelopeDigest.From(text));
    }
}
