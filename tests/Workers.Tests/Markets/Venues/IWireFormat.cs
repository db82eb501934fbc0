using Microsoft.AspNetCore.Http;
using Platform.Domain.Markets;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>What a venue says on a connection.</summary>
/// <param name="StartsFeed">From now on the connection gets what changes.</param>
internal sealed record WireReply(IReadOnlyList<string> Messages, bool StartsFeed)
{
    public static WireReply Nothing { get; } = new([], StartsFeed: false);
}

/// <summary>
/// The wire format of one venue: only how it writes things. Everything is of one market, BTC-USDT, and comes from a
/// <see cref="WireMarket"/>. Adding one is a line in <see cref="WireFormats.All"/>, and every fault is tried on it.
/// </summary>
internal interface IWireFormat
{
    /// <summary>The name of the connector that speaks it.</summary>
    string Connector { get; }

    /// <summary>Whether the market is spot; otherwise a perpetual.</summary>
    bool IsSpot => true;

    /// <summary>What the account signs with, in the form that the venue gives out.</summary>
    string SecretKey => "c2VjcmV0";

    /// <summary>A REST answer; null: the venue knows no such route. The body may be read again.</summary>
    string? Answer(HttpRequest request, WireMarket market);

    /// <summary>What is said to a new connection.</summary>
    WireReply Greet(HttpRequest request, WireMarket market) => WireReply.Nothing;

    /// <summary>What is said to what the client sent: subscriptions are acknowledged, and their snapshots sent; pings answered.</summary>
    WireReply Reply(string message, WireMarket market) => WireReply.Nothing;

    /// <summary>Whether the venue's messages show that one is missing or came too early; where not, nobody can find out.</summary>
    bool ShowsGaps => true;

    string Trade(in PublicTrade trade, WireMarket market);

    /// <summary>Several messages, where the venue needs them, are divided by <see cref="WireConnection.Divider"/>.</summary>
    /// <param name="isChecksumWrong">Means nothing to a venue that sends none.</param>
    string Depth(WireChange change, WireMarket market, bool isChecksumWrong);

    /// <summary>Whether a signed request is dated by this time; null: the venue's requests are not dated.</summary>
    bool? IsDatedBy(DateTimeOffset now, HttpRequest request) => null;
}
