using System.Diagnostics;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using Platform.Api.Identity;

namespace Platform.Api.Realtime;

/// <summary>
/// The hub at <c>/hub</c>: what clients may call. It forwards to the connection's session and decides nothing. A token
/// comes in a call or in the Authorization header, never in the address, which logs keep.
/// </summary>
public sealed class RealtimeHub(RealtimeSessions sessions) : Hub
{
    private RealtimeSession Session => Context.Session ?? throw new UnreachableException("Connected without a session.");

    /// <summary>Says who the connection speaks for from now on; answers when that ends (RFC 3339).</summary>
    [HubMethodName("Authenticate")]
    [Requires("push.connect")]
    public Task<DateTimeOffset> AuthenticateAsync(string token) =>
        Session.AuthenticateAsync(token, Context.ConnectionAborted);

    /// <summary>
    /// Watches topics, each from where the client stands. What they have to tell comes in frames, the first after
    /// this answer.
    /// </summary>
    [HubMethodName("Watch")]
    [Requires("push.connect")]
    public Task<IReadOnlyList<WatchReply>> WatchAsync(IReadOnlyList<WatchRequest> requests) =>
        Session.WatchAsync(requests, Context.ConnectionAborted);

    /// <summary>Ends watches by their references.</summary>
    [Requires("push.connect")]
    public void Unwatch(IReadOnlyList<int> refs) => Session.Unwatch(refs);

    /// <inheritdoc/>
    public override async Task OnConnectedAsync()
    {
        var session = sessions.Open(Context);
        Context.Session = session;
        if (Context.GetHttpContext()?.Request.BearerToken is { } token)
            await session.AuthenticateAsync(token, Context.ConnectionAborted);
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        Context.Session = null;
        await sessions.CloseAsync(Context);
    }

    // SignalR disposes of the hub after it has written a call's answer: only now may frames use its references.
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Context.Session?.Answered();
        base.Dispose(disposing);
    }
}

/// <summary>What a connection is known by while it is open.</summary>
public static class Connections
{
    private const string SessionKey = "session";

    extension(HubCallerContext connection)
    {
        /// <summary>Whom it speaks for now: what a client says of itself after connecting counts.</summary>
        public ClaimsPrincipal Caller => connection.Session?.Caller ?? new(new ClaimsIdentity());

        internal RealtimeSession? Session
        {
            get => connection.Items.TryGetValue(SessionKey, out var session) ? session as RealtimeSession : null;
            set => connection.Items[SessionKey] = value;
        }
    }
}
