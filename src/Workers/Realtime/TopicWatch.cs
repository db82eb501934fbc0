namespace Platform.Workers.Realtime;

/// <summary>
/// Whose turn it is: the loader's in <see cref="Behind"/> and <see cref="Retrying"/>, the pump's in every other.
/// </summary>
internal enum WatchStage
{
    /// <summary>The client does not know the reference yet: nothing may be sent.</summary>
    Unanswered,

    /// <summary>Fed from the topic's recent changes.</summary>
    Live,

    /// <summary>Needs a snapshot or missed rows.</summary>
    Behind,

    /// <summary>Could not be read a moment ago.</summary>
    Retrying,

    /// <summary>What it needed waits to be sent.</summary>
    Loaded,
}

/// <summary>One topic as one connection sees it: a position, and whether there is something to look at.</summary>
internal sealed class TopicWatch(int reference, TopicLeaf leaf, bool isPrivate, TopicPosition? since, Signal wake)
{
    private int isTouched;
    private volatile string? endedBy;
    private int stage = (int)WatchStage.Unanswered;

    public int Reference => reference;

    public TopicLeaf Leaf => leaf;

    /// <summary>Ends with the token that allowed it.</summary>
    public bool IsPrivate => isPrivate;

    /// <summary>The last position sent, or the one the client brought; null: it has nothing.</summary>
    public TopicPosition? Position { get; set; } = since;

    /// <summary>The position was reached here, not claimed by the client.</summary>
    public bool IsTrusted { get; set; }

    public LoadedBody? Loaded { get; set; }

    public WatchStage Stage
    {
        get => (WatchStage)Volatile.Read(ref stage);
        set => Volatile.Write(ref stage, (int)value);
    }

    /// <summary>The client knows the reference; again does nothing.</summary>
    public void Begin()
    {
        const int unanswered = (int)WatchStage.Unanswered;
        if (Interlocked.CompareExchange(ref stage, (int)WatchStage.Live, unanswered) == unanswered)
            Touch();
    }

    /// <summary>Why the client loses the topic; null while it does not.</summary>
    public string? EndedBy => endedBy;

    /// <summary>There is something to look at; costs next to nothing while the pump has not looked yet.</summary>
    public void Touch()
    {
        if (Interlocked.Exchange(ref isTouched, 1) == 0)
            wake.Set();
    }

    /// <summary>Forgotten before the topic is read, so that a change during the read counts again.</summary>
    public bool TakeTouch() => Interlocked.Exchange(ref isTouched, 0) == 1;

    public void End(string code)
    {
        endedBy = code;
        Touch();
    }
}
