using System.Buffers;
using System.Text.Json;

namespace Platform.Workers.Realtime;

/// <summary>What a watch needs when a topic's recent changes do not reach back to it.</summary>
internal sealed class TopicLoad(RealtimeLimits limits, JsonSerializerOptions json, TimeProvider time)
{
    /// <summary>The missed rows where the feature keeps them by number, else a snapshot; null: no such topic.</summary>
    public async Task<LoadedBody?> ReadAsync(TopicLeaf leaf, TopicPosition? since)
    {
        var missed = leaf.Family is INumberedLog log && since?.Epoch.Equals(leaf.Epoch, StringComparison.Ordinal) == true
            ? await MissedAsync(log, leaf.Topic.Entity, since)
            : null;
        return missed ?? await leaf.SnapshotAsync();
    }

    // Asks from the client's own last row on: a row that is not there proves its position to be none of ours.
    private async Task<LoadedBody?> MissedAsync(INumberedLog log, string entity, TopicPosition since)
    {
        var from = Math.Max(since.Sequence, 1);
        using var deadline = new CancellationTokenSource(limits.ReadMax, time);
        var rows = await log.MissedAsync(entity, from, limits.PageRowsMax + 1, deadline.Token);
        if (since.Sequence > 0 && (rows.Count == 0 || rows[0].Number != since.Sequence))
            return null;

        var page = Serialize(rows, since.Sequence, out var last);
        var isComplete = rows.Count <= limits.PageRowsMax && (rows.Count == 0 || rows[^1].Number == last);
        return last == since.Sequence
            ? new(EntryKind.Position, last, since, "null"u8.ToArray())
            : new(EntryKind.Delta, since.Sequence + 1, since with { Sequence = last }, page, isComplete);
    }

    // Stops at the page's bound and at a hole, which a log that keeps its promise does not have.
    private ReadOnlyMemory<byte> Serialize(IReadOnlyList<NumberedRow> rows, long after, out long last)
    {
        last = after;
        var size = 0;
        var bodies = new List<ReadOnlyMemory<byte>>(rows.Count);
        foreach (var row in rows.Where(row => row.Number > after))
        {
            if (row.Number != last + 1)
                throw new InvalidOperationException($"Row {last + 1} of a numbered log is missing.");

            var body = JsonSerializer.SerializeToUtf8Bytes(row.Row, json);
            if (bodies.Count > 0 && size + body.Length > limits.PageBytesMax)
                break;
            size += body.Length;
            bodies.Add(body);
            last = row.Number;
        }

        var page = new ArrayBufferWriter<byte>(size + bodies.Count + 2);
        Frame.WriteRows(page, bodies);
        return page.WrittenMemory;
    }
}
