using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Domain.Values;
using Platform.Domain.Trading;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;
using Wolverine;

namespace Platform.Workers.Trading;

/// <summary>
/// Listens to the venue's user stream and records each report before it reads the next. What the stream loses, or what
/// could not be recorded, the reconciler finds.
/// </summary>
public sealed partial class UserStreamListener(
    ConnectedVenues venues, OpenOrders orders, Reconciler reconciler, IServiceScopeFactory scopes,
    ILogger<UserStreamListener> logger) : BackgroundService
{
    /// <summary>Whether the venue is telling us what happens right now.</summary>
    public bool IsConnected { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var happened in venues.Trading.UserStreamAsync(stoppingToken))
            await happened.Match(ConnectedAsync, DisconnectedAsync, report => ReportedAsync(report, stoppingToken));
    }

    private Task ConnectedAsync()
    {
        IsConnected = true;
        LogConnected();
        reconciler.Nudge();
        return Task.CompletedTask;
    }

    private Task DisconnectedAsync(string reason)
    {
        IsConnected = false;
        LogDisconnected(reason);
        return Task.CompletedTask;
    }

    private async Task ReportedAsync(VenueUserReport report, CancellationToken cancellationToken)
    {
        if (report is not VenueUserReport.OfOrder { Order: { ClientOrderId: { } name } told })
            return;

        try
        {
            var order = await orders.FindAsync(VenueOrderMap.NameOf(name), cancellationToken);
            if (order is null)
                return;

            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeForTenantAsync(
                order.PoolId.Tenant,
                new RecordReport(order.AccountId, order.Id, VenueOrderMap.ReportOf(order, told, ReportSource.Stream)),
                cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The stream must go on; the reconciler compares what the venue counted with what we know.
            LogNotRecorded(error, name);
            reconciler.Nudge();
        }
    }

    [LoggerMessage(LogLevel.Information, "Connected to the venue's user stream")]
    private partial void LogConnected();

    [LoggerMessage(LogLevel.Warning, "Lost the venue's user stream: {Reason}")]
    private partial void LogDisconnected(string reason);

    [LoggerMessage(LogLevel.Error, "A report of order {ClientOrderId} could not be recorded")]
    private partial void LogNotRecorded(Exception error, string clientOrderId);
}
