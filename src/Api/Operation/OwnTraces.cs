using System.Diagnostics;

namespace Platform.Api.Operation;

/// <summary>
/// Starts a fresh trace for every caller: an outside trace id could be chosen to collide with another's. What we call
/// still gets ours.
/// </summary>
public sealed class OwnTraces : DistributedContextPropagator
{
    private readonly DistributedContextPropagator outgoing = CreateDefaultPropagator();

    public override IReadOnlyCollection<string> Fields => outgoing.Fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
        outgoing.Inject(activity, carrier, setter);

    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
