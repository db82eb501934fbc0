using Platform.Domain.Trading;

namespace Platform.Workers.Trading;

/// <summary>Take an intended order to its venue. Delivered at least once.</summary>
public sealed record SubmitOrder(AccountId AccountId, OrderId OrderId);

/// <summary>Take a requested cancel to the venue. Delivered at least once; a cancel done twice is a cancel.</summary>
public sealed record SubmitCancel(AccountId AccountId, OrderId OrderId);

/// <summary>Ask the venue what became of an order and record what it says; the reconciler asks again where need be.</summary>
public sealed record AskVenue(AccountId AccountId, OrderId OrderId);

/// <summary>What the venue's user stream said of an order.</summary>
public sealed record RecordReport(AccountId AccountId, OrderId OrderId, VenueReport Report);
