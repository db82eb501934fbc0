namespace Platform.Workers.Markets;

/// <summary>When a venue was last heard, whatever it said.</summary>
/// <param name="silence">A venue that is quiet for longer is not there.</param>
internal sealed class VenuePulse(TimeSpan silence, TimeProvider time)
{
    private long heardAt = time.GetUtcNow().UtcTicks;

    public DateTimeOffset HeardAt => new(Volatile.Read(ref heardAt), TimeSpan.Zero);

    /// <summary>Since when nothing was heard for too long; null: it is there.</summary>
    public DateTimeOffset? SilentSince => HeardAt is var last && time.GetUtcNow() - last > silence ? last : null;

    public void Beat() => Volatile.Write(ref heardAt, time.GetUtcNow().UtcTicks);
}
