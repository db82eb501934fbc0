namespace Platform.Workers.Realtime;

/// <summary>The answer to one asked topic: a reference, or why there is none.</summary>
public readonly record struct WatchAnswer(int Reference, string? Code)
{
    /// <summary>It is not there, or not there for this caller: nobody learns which.</summary>
    public const string NoSuchTopic = "no_such_topic";

    /// <summary>The connection watches as many as it may.</summary>
    public const string TooManyTopics = "too_many_topics";

    /// <summary>The connection calls more often than it may; try again later.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>A watched topic ended with the token that allowed it.</summary>
    public const string TokenExpired = "token_expired";

    /// <summary>The topic's snapshot exceeds the bound of a frame.</summary>
    public const string TooLarge = "too_large";
}

/// <summary>What one connection watches: the loops read it without a lock, changes are made under one.</summary>
internal sealed class WatchList(Topics topics, RealtimeLimits limits, Signal wake)
{
    private readonly Lock gate = new();
    private volatile TopicWatch[] all = [];
    private int lastReference;
    private long privateUntil;
    private bool isClosed;

    public TopicWatch[] All => all;

    /// <summary>From this instant on no private topic is told.</summary>
    public DateTimeOffset PrivateUntil
    {
        get => new(Volatile.Read(ref privateUntil), TimeSpan.Zero);
        set => Volatile.Write(ref privateUntil, value.UtcTicks);
    }

    /// <summary>Watching a topic again takes the place of the first watch, with a new reference.</summary>
    public WatchAnswer Add(Topic topic, TopicPosition? since, bool isPrivate)
    {
        lock (gate)
        {
            var before = Array.Find(all, watch => watch.Leaf.Topic == topic);
            if (isClosed || (before is null && all.Length >= limits.TopicsPerConnectionMax))
                return new(0, WatchAnswer.TooManyTopics);

            var reference = lastReference + 1;
            if (topics.Open(topic, leaf => new(reference, leaf, isPrivate, since, wake)) is not { } added)
                return new(0, WatchAnswer.NoSuchTopic);

            lastReference = reference;
            all = [.. all.Where(watch => watch != before), added];
            if (before is not null)
                topics.Close(before);
            return new(reference, null);
        }
    }

    /// <summary>The client has its answers: what they refer to may be sent.</summary>
    public void Begin()
    {
        foreach (var watch in all)
            watch.Begin();
    }

    public void Remove(Predicate<TopicWatch> isUnwanted)
    {
        lock (gate)
        {
            var unwanted = Array.FindAll(all, isUnwanted);
            if (unwanted.Length == 0)
                return;

            all = [.. all.Except(unwanted)];
            foreach (var watch in unwanted)
                topics.Close(watch);
        }
    }

    /// <summary>Lets the loops look at every private topic, because the right to it may have ended.</summary>
    public void TouchPrivate()
    {
        foreach (var watch in all.Where(watch => watch.IsPrivate))
            watch.Touch();
    }

    /// <summary>Leaves nothing watched, now or later.</summary>
    public void Close()
    {
        lock (gate)
            isClosed = true;
        Remove(_ => true);
    }
}
