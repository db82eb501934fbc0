using Marten;
using Platform.Domain.Trading;
using Platform.Workers.Markets;
using Wolverine;

namespace Platform.Workers.Trading;

/// <summary>Records what the venue's user stream says; the stream repeats itself and loses frames.</summary>
public static class RecordReportHandler
{
    public static async Task<OutgoingMessages> HandleAsync(
        RecordReport message, IDocumentSession session, MarketBoard board, CancellationToken cancellationToken)
    {
        var file = await OrderFile.OpenAsync(session, message.AccountId, message.OrderId, board, cancellationToken);
        var order = file.Order ?? throw new OrderMissingException(message.OrderId.Value);
        file.Append(OrderDecider.Decide(message.Report, order).Recorded());
        return FollowUp.For(file.Order, message.Report);
    }
}
