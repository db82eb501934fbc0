using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Platform.PaperVenue.Tests.Protocol;

/// <summary>One WebSocket connection, spoken to in JSON.</summary>
public sealed class Conversation : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[256 * 1024];

    public static async Task<Conversation> OpenAsync(Uri address, string path)
    {
        var conversation = new Conversation();
        var uri = new Uri(new UriBuilder(address) { Scheme = "ws" }.Uri, path);
        await conversation.socket.ConnectAsync(uri, TestContext.Current.CancellationToken);
        return conversation;
    }

    public Task SayAsync(string json) => socket.SendAsync(
        Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true,
        TestContext.Current.CancellationToken);

    /// <summary>The next message that fits; those before it are dropped.</summary>
    public async Task<JsonElement> HearAsync(Func<JsonElement, bool> fits)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(length), deadline.Token);
                length += received.Count;
            }
            while (!received.EndOfMessage);
            var message = JsonDocument.Parse(buffer.AsMemory(0, length).ToArray()).RootElement;
            if (fits(message))
                return message;
        }
    }

    public Task<JsonElement> HearEventAsync(string type) =>
        HearAsync(message => Inner(message).ValueKind == JsonValueKind.Object
            && Inner(message).TryGetProperty("e", out var e) && e.ValueEquals(type));

    public static JsonElement Inner(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty("event", out var inner) ? inner : message;

    public void Dispose() => socket.Dispose();
}
