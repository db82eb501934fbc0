namespace Platform.Workers.Trading;

/// <summary>A message names an order whose stream is not there: nothing that can be retried away.</summary>
public sealed class OrderMissingException(Guid orderId) : Exception($"There is no order {orderId}.");
