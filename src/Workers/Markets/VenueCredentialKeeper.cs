using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Secrets;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Secrets;

namespace Platform.Workers.Markets;

/// <summary>
/// Brings each connector its credentials out of the vault: when the vault opens, and again whenever they were sealed anew.
/// They are read once each time, so that the audit log has one read for each and not one for each call. What a key may do is asked
/// of its venue; one that may withdraw where nobody allowed it is withheld.
/// </summary>
public sealed partial class VenueCredentialKeeper(
    SecretVault vault, VaultSeal seal, ConnectedVenues venues, TimeProvider time, ILogger<VenueCredentialKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly List<VenueCredentialFile> files = [.. venues.All.Select(venue => new VenueCredentialFile(vault, venue, time))];
    private readonly Dictionary<VenueCredentialFile, string> troubles = [];

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
        {
            await RoundAsync(stoppingToken);
            foreach (var file in files)
                Tell(file, await file.JudgeAsync(stoppingToken));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        foreach (var file in files)
            await RoundAsync(file, cancellationToken);
    }

    // What goes wrong is said once, and the connector goes on with what it has.
    private async Task RoundAsync(VenueCredentialFile file, CancellationToken cancellationToken)
    {
        try
        {
            if (seal.State is not VaultState.Unsealed)
                return;

            if (await file.HandOverAsync(cancellationToken))
                LogHandedOver(file.Address.Id, file.Address.Name);
            if (!await file.FollowAsync(cancellationToken))
                LogUnusable(file.Address.Id, file.Address.Name);
            troubles.Remove(file);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            if (!string.Equals(troubles.GetValueOrDefault(file), error.Message, StringComparison.Ordinal))
                LogTrouble(error);
            troubles[file] = error.Message;
        }
    }

    private void Tell(VenueCredentialFile file, VenueAnswer<KeyPermissions>? answer)
    {
        if (answer is VenueAnswer<KeyPermissions>.Answered { Value: var key })
            LogPermissions(file.Address.Id, key.CanTrade, key.CanWithdraw);
        else if (answer is not null)
            LogPermissionsUnknown(file.Address.Id);
        if (file.Withheld is { } why && answer is not null)
            LogWithheld(why);
    }

    [LoggerMessage(LogLevel.Information, "The venue's credentials were sealed as {Id} {Name}; the file is needed no more")]
    private partial void LogHandedOver(SecretId id, SecretName name);

    [LoggerMessage(LogLevel.Error, "The secret {Id} {Name} is no JSON object with apiKey and secretKey")]
    private partial void LogUnusable(SecretId id, SecretName name);

    [LoggerMessage(LogLevel.Information, "The key of {Id} may trade: {CanTrade}, may withdraw: {CanWithdraw}")]
    private partial void LogPermissions(SecretId id, bool canTrade, bool canWithdraw);

    [LoggerMessage(LogLevel.Information, "What the key of {Id} may do is not told by the venue")]
    private partial void LogPermissionsUnknown(SecretId id);

    [LoggerMessage(LogLevel.Error, "{Why} Nothing is signed by it")]
    private partial void LogWithheld(string why);

    [LoggerMessage(LogLevel.Error, "The venue's credentials cannot be had")]
    private partial void LogTrouble(Exception error);
}
