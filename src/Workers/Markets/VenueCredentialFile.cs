using System.Security.Cryptography;
using Platform.Domain.Secrets;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Secrets;

namespace Platform.Workers.Markets;

/// <summary>One venue's credentials on their way from a file to the vault, and from the vault to the connector.</summary>
internal sealed class VenueCredentialFile(SecretVault vault, ConnectedVenue venue, TimeProvider time)
{
    private static readonly SecretName Name = SecretName.From("credentials");
    private static readonly SecretPurpose Connect = SecretPurpose.From("venue.connect");
    private static readonly SecretPurpose HandOver = SecretPurpose.From("venue.hand-over");

    private readonly VenueKeyCheck check = new(venue, time);
    private bool isHandedOver;
    private int? known;

    /// <summary>Why the credentials are not used although there are some; null where they are.</summary>
    public string? Withheld => known is not null && venue.Access is { IsKnown: true, IsGranted: false } ? venue.Access.WhyNone : null;

    public SecretAddress Address { get; } = new(Pool: null, SecretId.From($"venue.{venue.Venue.Value}"), Name);

    /// <summary>False when the vault holds something that is no credentials.</summary>
    public async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        var version = await vault.VersionAsync(Address, cancellationToken);
        if (version == known && venue.Access.IsKnown)
            return true;

        using var opened = await vault.OpenAsync(Address, new(Connect), cancellationToken);
        var credentials = opened is null ? null : VenueCredentials.Parse(opened.Value.Span);
        venue.Access.Replace(credentials);
        known = opened?.Version;
        return opened is null || credentials is not null;
    }

    /// <summary>What the key may do, told once for each version of it; null: nothing new.</summary>
    public Task<VenueAnswer<KeyPermissions>?> JudgeAsync(CancellationToken cancellationToken) => check.JudgeAsync(known, cancellationToken);

    /// <summary>True when the file's credentials were sealed just now.</summary>
    public async Task<bool> HandOverAsync(CancellationToken cancellationToken)
    {
        if (isHandedOver || venue.Settings.KeyFile is not { } file)
            return false;

        using var given = OwnerOnlyFile.Read(file, Envelope.PlaintextBytesMax);
        using var present = await vault.OpenAsync(Address, new(HandOver), cancellationToken);
        var isNew = present is null || !CryptographicOperations.FixedTimeEquals(present.Value.Span, given.Span);
        if (isNew)
        {
            await using var session = vault.SessionOf(Address);
            await vault.SealAsync(session, Address, given, cancellationToken);
            await session.SaveChangesAsync(cancellationToken);
        }

        isHandedOver = true;
        return isNew;
    }
}
