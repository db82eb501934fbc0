using Marten;
using Microsoft.Extensions.Hosting;
using Platform.Projections;

namespace Platform.Workers;

/// <summary>Before anything is written: history is made unchangeable in the database itself.</summary>
public sealed class StoreGuards(IDocumentStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => PlatformSchema.GuardAsync(store, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
