using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;

namespace Platform.Workers.Markets.Venues.Binance;

internal enum BinanceSecurity { Public, Signed }

/// <summary>One route of the venue with its request weight (rest-api.md, 2026-07).</summary>
internal sealed record BinanceCall(HttpMethod Method, string Path, int Weight, BinanceSecurity Security);

/// <summary>
/// Sends one call once. Never repeats: whoever asked knows whether repeating is harmless. What is signed and the key
/// never get into an answer, an exception or a log (the query is redacted by the runtime; there are no client logs).
/// </summary>
internal sealed class BinanceTransport(
    IHttpClientFactory clients, IOptions<VenueOptions> options, RequestBudget budget, BinanceAccess access, TimeProvider time)
    : IDisposable
{
    public const string ClientName = "binance";
    private const int ReceiveWindowMilliseconds = 5000;
    private const int InvalidTimestamp = -1021;
    public static readonly BinanceCall Time = new(HttpMethod.Get, "/api/v3/time", 1, BinanceSecurity.Public);

    private readonly VenueClock clock = new(time);
    private readonly SemaphoreSlim measuring = new(1);

    public async Task<VenueAnswer<T>> SendAsync<T>(
        BinanceCall call, IReadOnlyList<(string Name, string? Value)> parameters, CancellationToken cancellationToken)
    {
        if (call.Security is BinanceSecurity.Public)
            return await ExchangeAsync<T>(call, Encode(parameters), apiKey: null, cancellationToken);

        if (!access.IsGranted)
            return NotSigned<T>();
        if (await MeasureAsync(cancellationToken) is { } notMeasured)
            return BinanceVerdict.Unknown<T>(notMeasured.Cause, notMeasured.Detail);

        if (access.Sign(_ => Signable(parameters)) is not { } signed)
            return NotSigned<T>();

        var answer = await ExchangeAsync<T>(
            call, $"{signed.Payload}&signature={signed.Signature}", signed.ApiKey, cancellationToken);
        if (answer is VenueAnswer<T>.Refused { Code: InvalidTimestamp })
            clock.Distrust();
        return answer;
    }

    public void Dispose() => measuring.Dispose();

    private string Signable(IReadOnlyList<(string Name, string? Value)> parameters) => Encode([
        .. parameters,
        ("recvWindow", ReceiveWindowMilliseconds.ToString(CultureInfo.InvariantCulture)),
        ("timestamp", clock.UnixMilliseconds.ToString(CultureInfo.InvariantCulture)),
    ]);

    // While nobody knows whether there are credentials, nobody can say that the call will never be made.
    private VenueAnswer<T> NotSigned<T>() => access.IsKnown
        ? new VenueAnswer<T>.Refused(0, "The vault holds no credentials for the venue.", string.Empty)
        : BinanceVerdict.Unknown<T>(UnknownCause.Disconnected, "Not sent: the vault is sealed.");

    private async Task<VenueAnswer<T>> ExchangeAsync<T>(
        BinanceCall call, string payload, string? apiKey, CancellationToken cancellationToken)
    {
        if (budget.Take(call) is { } waitUntil)
            return BinanceVerdict.Unknown<T>(UnknownCause.Throttled, $"Not sent: held back until {waitUntil:O}.");

        using var request = Request(call, payload, apiKey);
        using var timeout = new CancellationTokenSource(options.Value.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, either.Token);
            budget.Learn(response);
            return BinanceVerdict.Of<T>(response.StatusCode, await response.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return BinanceVerdict.Unknown<T>(UnknownCause.Timeout, $"No answer in {options.Value.CallTimeout}.");
        }
        catch (HttpRequestException error)
        {
            return BinanceVerdict.Unknown<T>(UnknownCause.Disconnected, error.HttpRequestError.ToString());
        }
        catch (IOException)
        {
            return BinanceVerdict.Unknown<T>(UnknownCause.Disconnected, "The answer broke off.");
        }
    }

    private HttpRequestMessage Request(BinanceCall call, string payload, string? apiKey)
    {
        // In the body the signature shows up in no access log, and a body once begun is not sent again by the runtime
        // when a pooled connection turns out to be dead: that would be a second order.
        var inBody = call.Method == HttpMethod.Post;
        var path = inBody || payload.Length == 0 ? call.Path : $"{call.Path}?{payload}";
        var request = new HttpRequestMessage(call.Method, new Uri(options.Value.RestUrl, path));
        if (inBody)
            request.Content = new StringContent(payload, Encoding.ASCII, "application/x-www-form-urlencoded");
        if (apiKey is not null)
            request.Headers.Add("X-MBX-APIKEY", apiKey);
        return request;
    }

    /// <summary>Null when the venue's time is known, if only from earlier.</summary>
    private async Task<VenueAnswer<BinanceTime>.Unknown?> MeasureAsync(CancellationToken cancellationToken)
    {
        if (!clock.IsDue)
            return null;

        await measuring.WaitAsync(cancellationToken);
        try
        {
            if (!clock.IsDue)
                return null;
            var sent = time.GetUtcNow();
            var answer = await ExchangeAsync<BinanceTime>(Time, string.Empty, apiKey: null, cancellationToken);
            if (answer is VenueAnswer<BinanceTime>.Answered { Value.ServerTime: var venue })
                clock.Measured(sent, venue, time.GetUtcNow());
            return clock.IsKnown
                ? null
                : answer as VenueAnswer<BinanceTime>.Unknown ?? new(UnknownCause.Unreadable, "The venue hides its time.");
        }
        finally
        {
            measuring.Release();
        }
    }

    private static string Encode(IEnumerable<(string Name, string? Value)> parameters) => string.Join('&', parameters
        .Where(parameter => parameter.Value is not null)
        .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
}

internal sealed record BinanceTime(DateTimeOffset ServerTime);
