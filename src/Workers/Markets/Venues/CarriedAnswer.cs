using System.Net;
using Platform.Workers.Markets.Venues.Budgets;

namespace Platform.Workers.Markets.Venues;

/// <summary>What a venue said to one call, whichever way it came.</summary>
/// <param name="Status">As HTTP has it.</param>
/// <param name="Body">JSON, unless the venue is in trouble.</param>
/// <param name="RetryIn">How long the venue wants to hear nothing; null: it does not say.</param>
/// <param name="Counted">What the venue says of its own count; null: nothing.</param>
internal sealed record CarriedAnswer(HttpStatusCode Status, byte[] Body, TimeSpan? RetryIn, LimitReading? Counted);
