using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;

namespace Platform.Workers.Markets.Venues.Streams;

/// <summary>One connection on which calls are answered by their ids, in any order. When it ends, all that are in flight are in doubt.</summary>
internal sealed class CallConnection : IDisposable
{
    private const int InFlightMax = 100;

    private readonly Lock gate = new();
    // Null: the connection ended first.
    private readonly Dictionary<string, TaskCompletionSource<JsonElement?>> inFlight = new(StringComparer.Ordinal);
    private readonly VenueSocket socket;
    private readonly ICallProtocol protocol;
    private readonly TimeProvider time;
    private string? complaint;
    private long heard;
    private long lastId;

    /// <param name="socket">Becomes this connection's own.</param>
    public CallConnection(VenueSocket socket, ICallProtocol protocol, TimeProvider time)
    {
        (this.socket, this.protocol, this.time) = (socket, protocol, time);
        _ = ReadAsync();
    }

    public bool IsOpen => EndedAt is null;

    public bool HasRoom
    {
        get
        {
            lock (gate)
                return inFlight.Count < InFlightMax;
        }
    }

    /// <summary>By the clock's timestamp; null: it has not.</summary>
    public long? EndedAt
    {
        get
        {
            lock (gate)
                return field;
        }
        private set;
    }

    /// <summary>
    /// Signs the call; what is given sends it, here and nowhere else, once, and waits for its answer. It throws a
    /// <see cref="WebSocketException"/> when the connection ends first, or has no room: nobody knows what became of the call.
    /// </summary>
    public Func<CancellationToken, Task<CarriedAnswer>> Prepare(VenueCall call, VenueCredentials credentials, DateTimeOffset at)
    {
        var id = Interlocked.Increment(ref lastId).ToString(CultureInfo.InvariantCulture);
        var message = protocol.Write(call, id, credentials, at);
        return async cancellationToken => protocol.Read(await AskAsync(id, message, cancellationToken));
    }

    /// <summary>Ends the connection, and with it all that is in flight.</summary>
    public void Dispose() => End("Ended by the platform.");

    private async Task<JsonElement> AskAsync(string id, string message, CancellationToken cancellationToken)
    {
        var answer = ExpectAsync(id);
        var heardBefore = Interlocked.Read(ref heard);
        try
        {
            await socket.SendAsync(message, cancellationToken);
            return await answer.WaitAsync(cancellationToken) ?? throw new WebSocketException(complaint);
        }
        catch (OperationCanceledException)
        {
            // Half-open, or the call may still be on its way out: it is not to arrive later than its caller waited.
            if (Interlocked.Read(ref heard) == heardBefore)
                End("Nothing came since a call was sent.");
            throw;
        }
        catch (Exception error) when (error is ObjectDisposedException or InvalidOperationException or IOException)
        {
            throw new WebSocketException(error.Message, error);
        }
        finally
        {
            lock (gate)
                inFlight.Remove(id);
        }
    }

    private Task<JsonElement?> ExpectAsync(string id)
    {
        lock (gate)
        {
            if (complaint is not null)
                throw new WebSocketException($"Not sent: {complaint}");
            if (inFlight.Count >= InFlightMax)
                throw new WebSocketException("Not sent: too much is in flight.");
            var answer = new TaskCompletionSource<JsonElement?>(TaskCreationOptions.RunContinuationsAsynchronously);
            inFlight.Add(id, answer);
            return answer.Task;
        }
    }

    private async Task ReadAsync()
    {
        using var reading = socket;
        try
        {
            while (true)
            {
                using var message = JsonDocument.Parse(await reading.ReceiveAsync(CancellationToken.None));
                Interlocked.Increment(ref heard);
                if (protocol.IdOf(message.RootElement) is { } id)
                    Answer(id, message.RootElement.Clone());
            }
        }
        catch (Exception error) when (error
            is WebSocketException or JsonException or IOException or ObjectDisposedException or InvalidOperationException
            or OperationCanceledException)
        {
            End(error.Message);
        }
    }

    // What was answered already, or nobody asked here, is passed over.
    private void Answer(string id, JsonElement message)
    {
        TaskCompletionSource<JsonElement?>? answer;
        lock (gate)
            inFlight.Remove(id, out answer);
        answer?.SetResult(message);
    }

    private void End(string why)
    {
        TaskCompletionSource<JsonElement?>[] left;
        lock (gate)
        {
            if (complaint is not null)
                return;
            (complaint, EndedAt) = (why, time.GetTimestamp());
            left = [.. inFlight.Values];
            inFlight.Clear();
        }

        socket.Cut(why);
        foreach (var answer in left)
            answer.SetResult(null);
    }
}
