using System.Text.Json.Serialization;

namespace Platform.Api.Realtime;

/// <summary>One topic a client asks for, and what it has of it already.</summary>
/// <param name="Epoch">That of the last entry it applied; null: it has nothing.</param>
/// <param name="Sequence">The last one it applied; null: it has nothing.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WatchRequest(string Topic, string? Epoch = null, long? Sequence = null);

/// <summary>The answer to one <see cref="WatchRequest"/>, in the order of asking.</summary>
/// <param name="Ref">Names the topic in frames and in <c>Unwatch</c>; 0 when refused.</param>
/// <param name="Code">Why it was refused; left out when it was not.</param>
public sealed record WatchReply(
    string Topic,
    int Ref,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code);
