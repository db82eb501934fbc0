using Marten;
using Marten.Services;
using Platform.Domain.Trading;
using Platform.Projections.Trading;
using Platform.Workers.Realtime;

namespace Platform.Api.Trading;

/// <summary>Tells the topics of trading what a committed batch of read models changed.</summary>
/// <param name="services">Asked at the first commit: the topics read from the store, which knows this listener from its start.</param>
public sealed class TradingPush(IServiceProvider services) : DocumentSessionListenerBase, IChangeListener
{
    private readonly Lazy<Topics> topics = new(services.GetRequiredService<Topics>);
    private readonly Lazy<PnlPublisher> pnl = new(services.GetRequiredService<PnlPublisher>);

    public Task BeforeCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token) => Task.CompletedTask;

    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        foreach (var changed in commit.Updated.Concat(commit.Inserted))
            Publish(changed);
        return Task.CompletedTask;
    }

    private void Publish(object changed)
    {
        switch (changed)
        {
            case OrderView view:
                topics.Value.Upsert(
                    new(OrdersTopic.FamilyName, view.State.PoolId.ToString()), view.Id.ToString(), OrderResponse.Of(view), view.Sequence);
                break;
            case Trade trade:
                topics.Value.Append(new(TradesTopic.FamilyName, trade.PoolId.ToString()), TradeResponse.Of(trade), trade.Number);
                break;
            case Book:
                pnl.Value.Nudge();
                break;
            default:
                break;
        }
    }
}
