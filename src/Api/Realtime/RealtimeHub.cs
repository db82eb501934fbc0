using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using Platform.Api.Identity;

namespace Platform.Api.Realtime;

/// <summary>
/// The hub at <c>/hub</c>: what clients may call. It forwards to the connection's session and decides nothing. A token
/// comes in a call or in the Authorization header, never in the address, which logs keep.
/// </summary>
public sealed class RealtimeHub(RealtimeSessions sessions) : Hub
{
    private const string SessionKey = "session";

    private RealtimeSession Session =>
        Context.Items[SessionKey] as RealtimeSession ?? throw new UnreachableException("Connected without a session.");

    /// <summary>Says who the connection speaks for from now on; answers when that ends (RFC 3339).</summary>
    [HubMethodName("Authenticate")]
    public Task<DateTimeOffset> AuthenticateAsync(string token) =>
        Session.AuthenticateAsync(token, Context.ConnectionAborted);

    /// <summary>
    /// Watches topics, each from where the client stands. What they have to tell comes in frames, the first after
    /// this answer.
    /// </summary>
    [HubMethodName("Watch")]
    public Task<IReadOnlyList<WatchReply>> WatchAsync(IReadOnlyList<WatchRequest> requests) =>
        Session.WatchAsync(requests, Context.ConnectionAborted);

    /// <summary>Ends watches by their references.</summary>
    public void Unwatch(IReadOnlyList<int> refs) => Session.Unwatch(refs);

    /// <inheritdoc/>
    public override async Task OnConnectedAsync()
    {
        var session = sessions.Open(Context);
        Context.Items[SessionKey] = session;
        if (Context.GetHttpContext()?.Request.BearerToken is { } token)
            await session.AuthenticateAsync(token, Context.ConnectionAborted);
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        Context.Items.Remove(SessionKey);
        await sessions.CloseAsync(Context);
    }

    // SignalR disposes of the hub after it has written a call's answer: only now may frames use its references.
    protected override void Dispose(bool disposing)
    {
        if (disposing && Context.Items.TryGetValue(SessionKey, out var session))
            (session as RealtimeSession)?.Answered();
        base.Dispose(disposing);
    }
}
