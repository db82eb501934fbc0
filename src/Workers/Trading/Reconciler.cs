using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Domain.Trading;
using Platform.Domain.Values;
using Platform.Projections.Trading;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Venues;
using Wolverine;

namespace Platform.Workers.Trading;

/// <summary>
/// Compares every unsettled order with the venue, on a timer and when nudged. A stream that looks healthy proves
/// nothing: what counts is that the venue's cumulative quantity is ours.
/// </summary>
public sealed partial class Reconciler(
    ConnectedVenues venues, OpenOrders orders, IServiceScopeFactory scopes, IOptions<TradingOptions> options, TimeProvider time,
    ILogger<Reconciler> logger) : BackgroundService
{
    // An order touched just now is being looked after by its own messages.
    private static readonly TimeSpan Untouched = TimeSpan.FromSeconds(2);

    // A message that has not moved an order for so long may be lost; its handlers can be run again at any time.
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> nudges = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Look now rather than at the next tick.</summary>
    public void Nudge() => nudges.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await PauseAsync(stoppingToken);
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogRoundFailed(error);
            }
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        using var tick = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = Task.Delay(options.Value.ReconcileEvery, time, tick.Token);
        var nudge = nudges.Reader.ReadAsync(tick.Token).AsTask();
        await Task.WhenAny(timer, nudge);
        await tick.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        var unsettled = await orders.UnsettledAsync(cancellationToken);
        var now = time.GetUtcNow();
        var due = unsettled.Where(view => now - view.UpdatedAt > Untouched).ToList();
        if (due.Count == 0)
            return;

        var answer = await venues.Trading.OpenOrdersAsync(instrument: null, cancellationToken);
        if (answer is not VenueAnswer<IReadOnlyList<VenueOrder>>.Answered { Value: var listed })
        {
            LogNotAnswered(answer.ToString());
            return;
        }

        var filled = listed.ToLookup(order => VenueOrderMap.NameOf(order.ClientOrderId ?? string.Empty), order => order.Filled);
        foreach (var view in due)
            if (Remedy(view, [.. filled[view.State.ClientOrderId]], now) is { } message)
                await SendAsync(view.State.PoolId, message, cancellationToken);
    }

    private static object? Remedy(OrderView view, IReadOnlyList<Quantity> listed, DateTimeOffset now)
    {
        var forgotten = now - view.UpdatedAt > Forgotten;
        var order = view.State;
        return order switch
        {
            { Lifecycle: Lifecycle.Intended } => forgotten ? new SubmitOrder(order.AccountId, order.Id) : null,
            { Lifecycle: Lifecycle.Working, Doubt: null } when listed is [var filled] && filled == order.CumulativeQuantity =>
                order.CancelPending && forgotten ? new SubmitCancel(order.AccountId, order.Id) : null,
            _ => new AskVenue(order.AccountId, order.Id),
        };
    }

    private async Task SendAsync(PoolId pool, object message, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IMessageBus>()
                .InvokeForTenantAsync(pool.Tenant, message, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // One order that cannot be settled must not keep the others waiting; it has its turn again.
            LogRemedyFailed(error, message);
        }
    }

    [LoggerMessage(LogLevel.Error, "A round of reconciliation failed")]
    private partial void LogRoundFailed(Exception error);

    [LoggerMessage(LogLevel.Warning, "The venue did not list its open orders: {Answer}")]
    private partial void LogNotAnswered(string answer);

    [LoggerMessage(LogLevel.Error, "{Message} failed")]
    private partial void LogRemedyFailed(Exception error, object message);
}
