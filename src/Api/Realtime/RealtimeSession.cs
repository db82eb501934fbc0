using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using Platform.Workers.Realtime;

namespace Platform.Api.Realtime;

/// <summary>One connection: who it speaks for and what it watches. Calls of one client come one at a time.</summary>
internal sealed class RealtimeSession(
    Feed feed, WatchBudget budget, CallerConnection connection, VerifyToken verify, AuthorizeTopic authorize)
    : IAsyncDisposable
{
    private volatile ClaimsPrincipal caller = new(new ClaimsIdentity());

    /// <summary>Whom the connection speaks for now.</summary>
    public ClaimsPrincipal Caller => caller;

    /// <returns>When the token ends.</returns>
    /// <exception cref="HubException">The token is none of ours, or ended; the caller stays who it was.</exception>
    public async Task<DateTimeOffset> AuthenticateAsync(string token, CancellationToken cancellationToken)
    {
        if (!budget.TrySpend())
            throw new HubException(WatchAnswer.RateLimited);

        var named = verify(token, connection.Address) ?? throw new HubException("invalid_token");
        var lost = new HashSet<Topic>();
        foreach (var topic in feed.PrivateTopics)
        {
            if (await authorize(named, topic, cancellationToken) == TopicAccess.Denied)
                lost.Add(topic);
        }

        feed.End(lost, WatchAnswer.NoSuchTopic);
        feed.AllowPrivateUntil(named.TokenEnd);
        caller = named;
        // Barred meanwhile: whoever looks through the connections may have looked at the caller before.
        if (verify(token, connection.Address) is null)
            connection.Abort();
        return named.TokenEnd;
    }

    /// <summary>Ends the connection of a caller who is barred.</summary>
    public void CutOff(Func<ClaimsPrincipal, IPAddress?, bool> isBarred)
    {
        if (isBarred(caller, connection.Address))
            connection.Abort();
    }

    public async Task<IReadOnlyList<WatchReply>> WatchAsync(
        IReadOnlyList<WatchRequest> requests, CancellationToken cancellationToken)
    {
        var refused = budget.WhyNot(requests.Count);
        var replies = new List<WatchReply>(requests.Count);
        foreach (var request in requests)
        {
            var answer = refused is null ? await WatchAsync(request, cancellationToken) : new(0, refused);
            replies.Add(new(request.Topic, answer.Reference, answer.Code));
        }

        return replies;
    }

    public void Unwatch(IEnumerable<int> references) => feed.Unwatch(references.ToHashSet());

    /// <summary>The client got the answer to its call.</summary>
    public void Answered() => feed.Begin();

    public ValueTask DisposeAsync() => feed.DisposeAsync();

    private async ValueTask<WatchAnswer> WatchAsync(WatchRequest request, CancellationToken cancellationToken)
    {
        if (!Topic.TryParse(request.Topic, out var topic))
            return new(0, WatchAnswer.NoSuchTopic);

        var since = request is { Epoch: { } epoch, Sequence: >= 0 and { } sequence }
            ? new TopicPosition(epoch, sequence)
            : null;
        return await authorize(caller, topic, cancellationToken) switch
        {
            TopicAccess.Public => feed.Watch(topic, since, isPrivate: false),
            TopicAccess.Private => feed.Watch(topic, since, isPrivate: true),
            _ => new(0, WatchAnswer.NoSuchTopic),
        };
    }
}

/// <summary>The line to one client.</summary>
/// <param name="Address">Null when nobody knows.</param>
internal sealed record CallerConnection(IPAddress? Address, Action Abort);
