using System.Buffers;
using System.Text.Json;

namespace Platform.PaperVenue.Streams;

/// <summary>Who listens to which market stream. A message is written once, however many listen.</summary>
public sealed class StreamHub
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, HashSet<StreamConnection>> listeners = new(StringComparer.Ordinal);

    /// <summary>The streams that someone listens to.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (gate)
                return [.. listeners.Keys];
        }
    }

    public void Subscribe(StreamConnection connection, string name)
    {
        lock (gate)
        {
            if (!listeners.TryGetValue(name, out var all))
            {
                all = [];
                listeners.Add(name, all);
            }
            all.Add(connection);
        }
    }

    public void Unsubscribe(StreamConnection connection, string name)
    {
        lock (gate)
        {
            if (listeners.TryGetValue(name, out var all) && all.Remove(connection) && all.Count == 0)
                listeners.Remove(name);
        }
    }

    /// <summary>Sends what is written to all who listen; writes nothing when nobody does.</summary>
    public void Publish(string name, Action<Utf8JsonWriter> write)
    {
        lock (gate)
        {
            if (!listeners.TryGetValue(name, out var all))
                return;

            var plain = Written(write);
            ReadOnlyMemory<byte>? wrapped = null;
            foreach (var connection in all)
            {
                if (connection.Combined)
                    connection.Send(wrapped ??= Wrapped(name, plain));
                else
                    connection.Send(plain);
            }
        }
    }

    public static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return buffer.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Wrapped(string name, ReadOnlyMemory<byte> plain) => Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("stream", name);
        json.WritePropertyName("data");
        json.WriteRawValue(plain.Span, skipInputValidation: true);
        json.WriteEndObject();
    });
}
