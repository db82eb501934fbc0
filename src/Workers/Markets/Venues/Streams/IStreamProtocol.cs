using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Platform.Workers.Markets.Venues.Streams;

/// <summary>What a client says on a connection so that the venue keeps it.</summary>
/// <param name="Text">Says it; made anew for each where the venue wants a number or a time in it.</param>
internal sealed record StreamPing(Func<string> Text, TimeSpan Every);

/// <summary>How one public connection to a venue is spoken; <see cref="MarketStream"/> does the rest for all.</summary>
internal interface IStreamProtocol
{
    /// <summary>Where to connect; asked for each connection, for some venues give out tickets.</summary>
    /// <exception cref="WebSocketException">The venue does not say now.</exception>
    ValueTask<Uri> AddressAsync(CancellationToken cancellationToken);

    /// <summary>What is sent once connected, in this order; empty where the address says it all.</summary>
    IReadOnlyList<string> Subscriptions { get; }

    /// <summary>Between two subscriptions, where the venue counts them.</summary>
    TimeSpan SubscribeEvery => TimeSpan.Zero;

    /// <summary>Null: the WebSocket's own ping does.</summary>
    StreamPing? Ping => null;

    /// <summary>What is to be sent on the running connection, such as for a book to begin anew; null: nothing ever is.</summary>
    ChannelReader<string>? Requests => null;

    /// <summary>
    /// Reads one message and tells the sink; what concerns nobody is passed over. Nothing is allocated for trades, quotes and
    /// book differences.
    /// </summary>
    /// <param name="message">UTF-8, valid until it returns.</param>
    /// <exception cref="JsonException">It is not as documented: the connection ends, and with the next one all is asked anew.</exception>
    /// <exception cref="WebSocketException">The venue said that it ends the connection, or refused a subscription.</exception>
    void Read(ReadOnlySpan<byte> message, IMarketSink sink);

    /// <summary>A connection begins: what belonged to the last one is forgotten.</summary>
    void Restart();
}
