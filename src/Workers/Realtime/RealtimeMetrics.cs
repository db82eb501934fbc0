using System.Diagnostics.Metrics;

namespace Platform.Workers.Realtime;

/// <summary>The meter <c>platform.realtime</c>.</summary>
public sealed class RealtimeMetrics
{
    public const string MeterName = "platform.realtime";

    public RealtimeMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        Connections = meter.CreateUpDownCounter<long>("platform.realtime.connections", "{connection}");
        Frames = meter.CreateCounter<long>("platform.realtime.frames", "{frame}");
        Bytes = meter.CreateCounter<long>("platform.realtime.bytes", "By");
        Conflated = meter.CreateCounter<long>(
            "platform.realtime.conflated", "{change}", "Changes that a newer one replaced before they were sent.");
        Snapshots = meter.CreateCounter<long>("platform.realtime.snapshots", "{snapshot}", "Snapshots sent.");
        Stalled = meter.CreateCounter<long>(
            "platform.realtime.stalled", "{connection}", "Connections cut off because they took no frame.");
    }

    internal UpDownCounter<long> Connections { get; }

    internal Counter<long> Frames { get; }

    internal Counter<long> Bytes { get; }

    internal Counter<long> Conflated { get; }

    internal Counter<long> Snapshots { get; }

    internal Counter<long> Stalled { get; }
}
