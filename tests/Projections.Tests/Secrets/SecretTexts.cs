using Platform.Domain.Secrets;

namespace Platform.Projections.Tests.Secrets;

/// <summary>Secrets, the reads of them and the ring of data keys as they are stored.</summary>
internal static class SecretTexts
{
    private static readonly KeyRingId Ring = KeyRingId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000021"));
    private static readonly SealedSecretId Secret = SealedSecretId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000022"));
    private static readonly SecretAccessId Access = SecretAccessId.From(Guid.Parse("0199f2b0-0000-7000-8000-000000000023"));
    private static readonly SecretId Id = SecretId.From("venue.paper");
    private static readonly SecretName Name = SecretName.From("credentials");
    private static readonly KekId Kek = KekId.From("0123456789abcdef");
    private static readonly EnvelopeDigest Digest = EnvelopeDigest.From(new('a', 64));
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Each event with its stored name and its stored text.</summary>
    internal static readonly TheoryData<object, string, string> Stored = new()
    {
        {
            new KeyRingOpened(Ring, Kek),
            "key_ring_opened",
            """{"keyRingId":"0199f2b0-0000-7000-8000-000000000021","kekId":"0123456789abcdef"}"""
        },
        {
            new KeyRingRewrapped(Ring, Kek),
            "key_ring_rewrapped",
            """{"keyRingId":"0199f2b0-0000-7000-8000-000000000021","kekId":"0123456789abcdef"}"""
        },
        {
            new DataKeyAdded(Ring, 2, Noon),
            "data_key_added",
            """{"keyRingId":"0199f2b0-0000-7000-8000-000000000021","keyVersion":2,"addedAt":"2026-01-02T12:00:00+00:00"}"""
        },
        {
            new DataKeyRetired(Ring, 1, Noon),
            "data_key_retired",
            """{"keyRingId":"0199f2b0-0000-7000-8000-000000000021","keyVersion":1,"retiredAt":"2026-01-02T12:00:00+00:00"}"""
        },
        {
            new MinimumDecryptVersionRaised(Ring, 2),
            "minimum_decrypt_version_raised",
            """{"keyRingId":"0199f2b0-0000-7000-8000-000000000021","keyVersion":2}"""
        },
        {
            new DataKeyDestroyed(Ring, 1),
            "data_key_destroyed",
            """{"keyRingId":"0199f2b0-0000-7000-8000-000000000021","keyVersion":1}"""
        },
        {
            new SecretSealed(Secret, Id, Name, 3, 2, Digest),
            "secret_sealed",
            """
            {"sealedSecretId":"0199f2b0-0000-7000-8000-000000000022","secretId":"venue.paper","name":"credentials","version":3,"keyVersion":2,"digest":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
            """
        },
        {
            new SecretResealed(Secret, Id, Name, 3, 2, Digest),
            "secret_resealed",
            """
            {"sealedSecretId":"0199f2b0-0000-7000-8000-000000000022","secretId":"venue.paper","name":"credentials","version":3,"keyVersion":2,"digest":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
            """
        },
        {
            new SecretDestroyed(Secret, Id, Name, 3),
            "secret_destroyed",
            """{"sealedSecretId":"0199f2b0-0000-7000-8000-000000000022","secretId":"venue.paper","name":"credentials","version":3}"""
        },
        {
            new SecretRead(Access, Id, Name, 3, SecretPurpose.From("venue.connect")),
            "secret_read",
            """
            {"secretAccessId":"0199f2b0-0000-7000-8000-000000000023","secretId":"venue.paper","name":"credentials","version":3,"purpose":"venue.connect"}
            """
        },
        {
            new SecretRefused(Access, Id, Name, 3, SecretPurpose.From("venue.connect"), SecretFault.RolledBack),
            "secret_refused",
            """
            {"secretAccessId":"0199f2b0-0000-7000-8000-000000000023","secretId":"venue.paper","name":"credentials","version":3,"purpose":"venue.connect","fault":"RolledBack"}
            """
        },
    };
}
