using Platform.Domain.Identity;

namespace Platform.Workers.Realtime;

/// <summary>How the changes of a topic add up, and so what a delta's body looks like.</summary>
public enum TopicShape
{
    /// <summary>One value; a newer one replaces it. The body is the value.</summary>
    Whole,

    /// <summary>Rows with a key; a newer row replaces the older of its key. The body is an array of rows.</summary>
    Keyed,

    /// <summary>Rows in order; none may be skipped. The body is an array of rows, newest last.</summary>
    Log,
}

/// <summary>
/// The topics of one name, <c>orders/…</c> say, as the feature that owns them defines them. One instance serves
/// every topic and every connection.
/// </summary>
public interface ITopicFamily
{
    /// <summary>The part of a topic before the slash.</summary>
    string Name { get; }

    TopicShape Shape { get; }

    /// <summary>What watching is in the permission matrix; of a pool when the entity names the pool.</summary>
    Permission Permission { get; }

    /// <summary>
    /// All that a newcomer needs to know; null when there is no such topic. It must show everything that was
    /// published before the call, so publish after the commit, never before it.
    /// </summary>
    ValueTask<TopicSnapshot?> SnapshotAsync(string entity, CancellationToken cancellationToken);
}

/// <summary>
/// A log whose rows carry their own contiguous number from 1, kept in the database: its sequence is that number,
/// its epoch never ends, and a client resumes from any row, whatever happened to the server meanwhile.
/// </summary>
public interface INumberedLog : ITopicFamily
{
    TopicShape ITopicFamily.Shape => TopicShape.Log;

    /// <summary>The rows numbered <paramref name="from"/> and up, in order, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<NumberedRow>> MissedAsync(
        string entity, long from, int limit, CancellationToken cancellationToken);
}

/// <summary>A topic as it was read at one moment.</summary>
/// <param name="Body">Serialized as the delta's body is: the value, or the rows.</param>
/// <param name="Position">
/// The newest position (that of <see cref="Topics"/>' publishing calls) which the body includes. Null: unknown, so
/// changes published during the read are sent again, which only a log would notice; a log must give it.
/// </param>
public sealed record TopicSnapshot(object Body, long? Position = null);

/// <summary>One row of a numbered log.</summary>
public sealed record NumberedRow(long Number, object Row);
