using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Domain.Secrets;
using Platform.Workers.Markets.Venues.Binance;
using Platform.Workers.Secrets;

namespace Platform.Workers.Markets;

/// <summary>
/// Brings the connector its credentials out of the vault: when the vault opens, and again whenever they were sealed anew.
/// They are read once each time, so that the audit log has one read for each and not one for each call.
/// </summary>
public sealed partial class VenueCredentialKeeper(
    SecretVault vault, VaultSeal seal, BinanceAccess access, IOptions<VenueOptions> options, TimeProvider time,
    ILogger<VenueCredentialKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private static readonly SecretName Name = SecretName.From("credentials");
    private static readonly SecretPurpose Connect = SecretPurpose.From("venue.connect");
    private static readonly SecretPurpose HandOver = SecretPurpose.From("venue.hand-over");

    private readonly SecretAddress address = new(Pool: null, SecretId.From($"venue.{options.Value.Name}"), Name);
    private bool isHandedOver;
    private int? known;
    private string? trouble;

    // Once before the rest starts: an open vault means credentials from the first order on.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RoundAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await seal.UnsealedAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do
            await RoundAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // What goes wrong is said once, and the connector goes on with what it has.
    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (seal.State is not VaultState.Unsealed)
                return;

            await HandOverAsync(cancellationToken);
            await FollowAsync(cancellationToken);
            trouble = null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            if (!string.Equals(trouble, error.Message, StringComparison.Ordinal))
                LogTrouble(error);
            trouble = error.Message;
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var version = await vault.VersionAsync(address, cancellationToken);
        if (version == known && access.IsKnown)
            return;

        using var opened = await vault.OpenAsync(address, new(Connect), cancellationToken);
        var credentials = opened is null ? null : BinanceCredentials.Parse(opened.Value.Span);
        if (opened is not null && credentials is null)
            LogUnusable(address.Id, address.Name);
        access.Replace(credentials);
        known = opened?.Version;
    }

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        if (isHandedOver || options.Value.KeyFile is not { } file)
            return;

        using var given = OwnerOnlyFile.Read(file, Envelope.PlaintextBytesMax);
        using var present = await vault.OpenAsync(address, new(HandOver), cancellationToken);
        if (present is null || !CryptographicOperations.FixedTimeEquals(present.Value.Span, given.Span))
        {
            await using var session = vault.SessionOf(address);
            await vault.SealAsync(session, address, given, cancellationToken);
            await session.SaveChangesAsync(cancellationToken);
            LogHandedOver(address.Id, address.Name);
        }

        isHandedOver = true;
    }

    [LoggerMessage(LogLevel.Information, "The venue's credentials were sealed as {Id} {Name}; the file is needed no more")]
    private partial void LogHandedOver(SecretId id, SecretName name);

    [LoggerMessage(LogLevel.Error, "The secret {Id} {Name} is no JSON object with apiKey and secretKey")]
    private partial void LogUnusable(SecretId id, SecretName name);

    [LoggerMessage(LogLevel.Error, "The venue's credentials cannot be had")]
    private partial void LogTrouble(Exception error);
}
