using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Platform.Workers.Secrets;

/// <summary>Unseals the vault as soon as its key is there, without a restart, and follows what other nodes do to the ring.</summary>
public sealed class VaultUnsealer(VaultSeal seal, IOptions<SecretsOptions> options, TimeProvider time) : BackgroundService
{
    // Once before anything else starts: what needs a secret at its start has it then, if it can be had at all.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await seal.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await seal.RefreshAsync(stoppingToken);
    }
}
