namespace Platform.Workers.Realtime;

/// <summary>Every bound of the push mechanism; the defaults are production's.</summary>
public sealed record RealtimeLimits
{
    /// <summary>A connection gets at most one frame per interval.</summary>
    public TimeSpan FrameInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A quiet topic tells its position this often, so that a client notices a loss.</summary>
    public TimeSpan PositionInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A client that takes no frame for this long is cut off.</summary>
    public TimeSpan StallMax { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A read that failed is tried again after this long.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A snapshot or a page of missed rows is read within this time or given up.</summary>
    public TimeSpan ReadMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Newcomers share a snapshot of at most this age, brought up to date by the changes since.</summary>
    public TimeSpan SnapshotAgeMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A topic outlives its last watcher by this, so that a reconnecting client finds what it missed.</summary>
    public TimeSpan LeafIdleMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A topic's recent changes are kept for this long at most.</summary>
    public TimeSpan RecentAgeMax { get; init; } = TimeSpan.FromSeconds(60);

    public int RecentCountMax { get; init; } = 256;

    public int RecentBytesMax { get; init; } = 256 * 1024;

    /// <summary>Topics that one connection may watch at a time.</summary>
    public int TopicsPerConnectionMax { get; init; } = 256;

    public int WatchCallsPerSecond { get; init; } = 50;

    public int WatchCallBurst { get; init; } = 100;

    /// <summary>Bytes of one frame, and of what was read for a connection and waits to be sent.</summary>
    public int OutboxBytesMax { get; init; } = 1024 * 1024;

    /// <summary>Bytes of one message from a client.</summary>
    public int InboundBytesMax { get; init; } = 64 * 1024;

    /// <summary>Rows of one page of missed rows.</summary>
    public int PageRowsMax { get; init; } = 500;

    /// <summary>Bytes of one page of missed rows; a single larger row is still a page.</summary>
    public int PageBytesMax { get; init; } = 256 * 1024;
}
