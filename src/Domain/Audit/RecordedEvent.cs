namespace Platform.Domain.Audit;

/// <summary>
/// One event as the store holds it, every member that can never change again. Whether the event is archived is left
/// out: archiving a finished stream turns that mark later, and says nothing about what happened.
/// </summary>
/// <param name="Sequence">Place in the order of the whole store; gaps are normal (transactions that rolled back).</param>
/// <param name="Tenant">The pool's id; <c>*DEFAULT*</c> for what belongs to no pool.</param>
/// <param name="Type">The stored name, such as <c>order_filled</c>.</param>
/// <param name="DotNetType">The class that wrote it; null when the store kept none.</param>
/// <param name="At">When it was appended, in microseconds.</param>
/// <param name="Actor">Who caused it; null for the platform itself.</param>
/// <param name="Ray">Trace it belongs to (the ray id without its node); null outside a trace.</param>
/// <param name="Causation">The message or span that caused it; null when nothing did.</param>
/// <param name="Headers">JSON object of further metadata; empty when there is none.</param>
/// <param name="Data">The event's own JSON.</param>
public sealed record RecordedEvent(
    long Sequence,
    Guid Id,
    Guid StreamId,
    long Version,
    string Tenant,
    string Type,
    string? DotNetType,
    DateTimeOffset At,
    string? Actor,
    string? Ray,
    string? Causation,
    ReadOnlyMemory<byte> Headers,
    ReadOnlyMemory<byte> Data);
