using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Platform.Workers.Markets.Venues.Streams;

/// <summary>How a venue's stream of the account itself is spoken; <see cref="UserStream"/> does the rest for all.</summary>
internal interface IUserProtocol
{
    /// <summary>Where to connect.</summary>
    Uri Address { get; }

    /// <summary>What is sent once connected, each signed anew; the second and all others wait for the answer to the first.</summary>
    IReadOnlyList<string> Subscriptions(VenueCredentials credentials);

    /// <summary>Whether the message says that the first word was accepted.</summary>
    /// <exception cref="WebSocketException">The venue refused it.</exception>
    bool IsAccepted(ReadOnlySpan<byte> message);

    /// <summary>Null: the WebSocket's own ping does.</summary>
    StreamPing? Ping => null;

    /// <summary>What the message reports; empty for one that concerns nobody.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is not as documented: the connection ends.</exception>
    /// <exception cref="WebSocketException">The venue said that it ends the connection, or refused a subscription.</exception>
    IReadOnlyList<VenueUserReport> Read(ReadOnlyMemory<byte> message);
}

/// <summary>The account's own stream: connects when there are credentials, signs in, subscribes, and after any trouble starts over.</summary>
internal static class UserStream
{
    public static async IAsyncEnumerable<StreamEvent<VenueUserReport>> ReadAsync(
        VenueLink link, IUserProtocol protocol, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await link.Access.GrantedAsync(cancellationToken);
        var stream = new VenueStream<IReadOnlyList<VenueUserReport>>(
            token => ConnectAsync(link, protocol, token), protocol.Read, link.Time, link.Random,
            socket => new(socket, protocol.Ping, requests: null, link.Silence, link.Time));
        await foreach (var happened in stream.ReadAsync(cancellationToken))
            if (happened is StreamEvent<IReadOnlyList<VenueUserReport>>.Received(var reports))
                foreach (var report in reports)
                    yield return new StreamEvent<VenueUserReport>.Received(report);
            else
                yield return happened.Match<StreamEvent<VenueUserReport>>(
                    () => new StreamEvent<VenueUserReport>.Connected(),
                    reason => new StreamEvent<VenueUserReport>.Disconnected(reason),
                    _ => throw new InvalidOperationException("Received is not told twice."));
    }

    private static IReadOnlyList<string> WordsOf(VenueLink link, IUserProtocol protocol)
    {
        var complaint = "The vault holds no credentials for the venue.";
        try
        {
            if (link.Access.Use(protocol.Subscriptions) is { } words)
                return words;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or FormatException)
        {
            // Not carried on as the cause: what it says may hold some of the key.
            complaint = "The key is not of the form that the venue takes.";
        }

        throw new WebSocketException(complaint);
    }

    private static async Task<VenueSocket> ConnectAsync(
        VenueLink link, IUserProtocol protocol, CancellationToken cancellationToken)
    {
        var words = WordsOf(link, protocol);
        var socket = await VenueSocket.ConnectAsync(protocol.Address, cancellationToken);
        try
        {
            await socket.SendAsync(words[0], cancellationToken);
            while (!protocol.IsAccepted((await socket.ReceiveAsync(cancellationToken)).Span))
            {
                // Something else came first; what it reported is found by the reconciliation that follows.
            }

            foreach (var word in words.Skip(1))
                await socket.SendAsync(word, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
