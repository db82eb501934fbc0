using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>The stream of a futures account, which is called by a name that the venue gives for an hour (listen key).</summary>
internal sealed class BinanceFuturesUserStream(VenueLink link, VenueTransport transport)
{
    // To ask for the name again keeps it for another hour.
    private static readonly TimeSpan AskedAgain = TimeSpan.FromMinutes(30);

    /// <summary>Begins when there are credentials, and never ends by itself; one reader for each call.</summary>
    public async IAsyncEnumerable<StreamEvent<VenueUserReport>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await link.Access.GrantedAsync(cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var kept = KeepAsync(ended.Token);
        try
        {
            await foreach (var happened in new VenueStream<VenueUserReport>(ConnectAsync, Read, link.Time, link.Random)
                .ReadAsync(cancellationToken))
                yield return happened;
        }
        finally
        {
            await ended.CancelAsync();
            await kept;
        }
    }

    private async Task<VenueSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        var name = (await NameAsync(cancellationToken)).Match(
            answered => answered,
            refused => throw new WebSocketException(refused.Message),
            notFound => throw new WebSocketException(notFound.Message),
            unknown => throw new WebSocketException($"{unknown.Cause}: {unknown.Detail}"));
        return await VenueSocket.ConnectAsync(new(link.PrivateStream, $"/ws/{name}"), cancellationToken);
    }

    // A name that could not be kept ends with its stream, which then begins with another.
    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(AskedAgain, link.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await NameAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The reader has gone.
        }
    }

    private Task<VenueAnswer<string>> NameAsync(CancellationToken cancellationToken) => transport.SendAsync(
        VenueCall.Post(BinanceProtocol.ListenKey) with { IsSigned = true }, answer => answer.Text("listenKey"), cancellationToken);

    private static VenueUserReport? Read(ReadOnlyMemory<byte> message)
    {
        using var document = JsonDocument.Parse(message);
        return BinanceFuturesUserReports.Of(document.RootElement);
    }
}
