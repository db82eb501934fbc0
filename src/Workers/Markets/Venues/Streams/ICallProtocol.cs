using System.Text.Json;

namespace Platform.Workers.Markets.Venues.Streams;

/// <summary>How calls to a venue are made by WebSocket; <see cref="CallSocket"/> does the rest for all.</summary>
internal interface ICallProtocol
{
    /// <summary>Where to connect.</summary>
    Uri Address { get; }

    /// <summary>Whether calls can be written now.</summary>
    bool IsReady => true;

    /// <summary>Gets that without which no call can be written; false: it is not to be had.</summary>
    Task<bool> GetReadyAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Whether the call can be made by WebSocket at all.</summary>
    bool Takes(VenueCall call);

    /// <summary>The call as a message, signed.</summary>
    /// <param name="id">By which the answer is known.</param>
    /// <param name="at">The venue's time as far as known.</param>
    string Write(VenueCall call, string id, VenueCredentials credentials, DateTimeOffset at);

    /// <summary>The id of the call that a message answers; null: it answers none.</summary>
    string? IdOf(JsonElement message);

    /// <summary>What the message would have been by REST.</summary>
    CarriedAnswer Read(JsonElement message);
}
