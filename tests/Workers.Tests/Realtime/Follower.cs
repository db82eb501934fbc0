using System.Text.Json;

namespace Platform.Workers.Tests.Realtime;

/// <summary>One entry of a frame as a client reads it.</summary>
internal sealed record Entry(int Ref, int Kind, string Epoch, long From, long To, JsonElement Body)
{
    public const int Snapshot = 0;
    public const int Delta = 1;
    public const int Position = 2;
    public const int Gone = 4;

    public static IReadOnlyList<Entry> OfFrame(ReadOnlyMemory<byte> bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        var frame = json.RootElement;
        Assert.Equal(3, frame.GetArrayLength());
        Assert.Equal(1, frame[0].GetInt32());
        return [.. frame[2].EnumerateArray().Select(OfEntry)];
    }

    private static Entry OfEntry(JsonElement entry)
    {
        Assert.Equal(6, entry.GetArrayLength());
        return new(
            entry[0].GetInt32(), entry[1].GetInt32(), entry[2].GetString()!, entry[3].GetInt64(), entry[4].GetInt64(),
            entry[5].Clone());
    }
}

/// <summary>A client that follows one topic to the letter: it takes nothing twice and leaves nothing out.</summary>
internal abstract class Follower
{
    public string? Epoch { get; private set; }

    public long Sequence { get; private set; }

    public int Snapshots { get; private set; }

    public void Take(Entry entry)
    {
        switch (entry.Kind)
        {
            case Entry.Snapshot:
                Snapshots++;
                Replace(entry.Body);
                break;
            case Entry.Delta:
                Assert.Equal(Epoch, entry.Epoch);
                Assert.Equal(Sequence + 1, entry.From);
                Apply(entry.Body);
                break;
            default:
                Assert.Equal(Entry.Position, entry.Kind);
                Assert.Equal((Epoch, Sequence), (entry.Epoch, entry.To));
                break;
        }

        (Epoch, Sequence) = (entry.Epoch, entry.To);
    }

    protected abstract void Replace(JsonElement body);

    protected abstract void Apply(JsonElement body);
}

internal sealed class LogFollower : Follower
{
    public List<long> Rows { get; private set; } = [];

    protected override void Replace(JsonElement body) => Rows = [.. body.EnumerateArray().Select(row => row.GetInt64())];

    protected override void Apply(JsonElement body) => Rows.AddRange(body.EnumerateArray().Select(row => row.GetInt64()));
}

internal sealed class KeyedFollower : Follower
{
    public SortedDictionary<string, long> Rows { get; } = new(StringComparer.Ordinal);

    protected override void Replace(JsonElement body)
    {
        Rows.Clear();
        Apply(body);
    }

    protected override void Apply(JsonElement body)
    {
        foreach (var row in body.EnumerateArray())
            Rows[row.GetProperty("key").GetString()!] = row.GetProperty("version").GetInt64();
    }
}

internal sealed class WholeFollower : Follower
{
    public long Value { get; private set; }

    protected override void Replace(JsonElement body) => Value = body.GetInt64();

    protected override void Apply(JsonElement body) => Replace(body);
}
