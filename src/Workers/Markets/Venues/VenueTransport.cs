using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Platform.Workers.Markets.Venues.Budgets;

namespace Platform.Workers.Markets.Venues;

/// <summary>
/// Sends one call to a venue once. Never repeats: whoever asked knows whether repeating is harmless. What is signed and the
/// key never get into an answer, an exception or a log (queries are redacted by the runtime; there are no client logs).
/// </summary>
internal sealed class VenueTransport(VenueLink link, IVenueProtocol protocol) : IDisposable
{
    public const string ClientName = "venue";
    private const HttpStatusCode Banned = (HttpStatusCode)418;
    private static readonly TimeSpan HoldWhenUntold = TimeSpan.FromMinutes(1);

    private readonly VenueClock clock = new(link.Time);
    private readonly SemaphoreSlim measuring = new(1);
    private readonly VenueBudget budget = link.Budgets.Of(link.Venue, protocol.Limits);

    /// <summary>What is left of what the venue allows.</summary>
    public VenueBudget Budget => budget;

    /// <param name="read">Reads the payload while it is there; what it cannot read makes the answer unknown.</param>
    public async Task<VenueAnswer<T>> SendAsync<T>(VenueCall call, AnswerReader<T> read, CancellationToken cancellationToken)
    {
        if (!call.IsSigned)
            return await ExchangeAsync(call, protocol.Request(link.Rest, call), print: null, read, cancellationToken);

        if (!link.Access.IsGranted)
            return NotSigned<T>();
        if (await MeasureAsync(cancellationToken) is { } notMeasured)
            return Unknown<T>(notMeasured.Cause, notMeasured.Detail);
        if (TrySign(call, out var isUsable) is not { } signed)
            return isUsable
                ? NotSigned<T>()
                : new VenueAnswer<T>.Refused(string.Empty, "Not sent: the key is not of the form that the venue takes.", string.Empty);

        var answer = await ExchangeAsync(call, signed.Request, signed.Print, read, cancellationToken);
        if (answer is VenueAnswer<T>.Refused { Code: var code } && protocol.IsAboutTime(code))
            clock.Distrust();
        return answer;
    }

    public void Dispose() => measuring.Dispose();

    /// <returns>Null when there are no credentials, or none that can sign.</returns>
    private SignedRequest? TrySign(VenueCall call, out bool isUsable)
    {
        isUsable = true;
        try
        {
            return link.Access.Use(credentials => new SignedRequest(
                protocol.Signed(link.Rest, call, credentials, clock.Now), credentials.Print));
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or FormatException)
        {
            // What it says may hold some of the key.
            isUsable = false;
            return null;
        }
    }

    // While nobody knows whether there are credentials, nobody can say that the call will never be made.
    private VenueAnswer<T> NotSigned<T>() => link.Access.IsKnown
        ? new VenueAnswer<T>.Refused(string.Empty, "The vault holds no credentials for the venue.", string.Empty)
        : Unknown<T>(UnknownCause.Disconnected, "Not sent: the vault is sealed.");

    private async Task<VenueAnswer<T>> ExchangeAsync<T>(
        VenueCall call, HttpRequestMessage request, string? print, AnswerReader<T> read, CancellationToken cancellationToken)
    {
        using var sent = request;
        if (await budget.TakeAsync(call, print, cancellationToken) is { } waitUntil)
            return Unknown<T>(UnknownCause.Throttled, $"Not sent: held back until {waitUntil:O}.");

        using var timeout = new CancellationTokenSource(link.CallTimeout, link.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var client = link.Clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, either.Token);
            await LearnAsync(call, print, response, cancellationToken);
            return Verdict(response.StatusCode, await response.Content.ReadAsByteArrayAsync(either.Token), read);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unknown<T>(UnknownCause.Timeout, $"No answer in {link.CallTimeout}.");
        }
        catch (HttpRequestException error)
        {
            return Unknown<T>(UnknownCause.Disconnected, error.HttpRequestError.ToString());
        }
        catch (IOException)
        {
            return Unknown<T>(UnknownCause.Disconnected, "The answer broke off.");
        }
    }

    private async Task LearnAsync(
        VenueCall call, string? print, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (protocol.ReadingOf(call, response.Headers) is { } reading)
            budget.Learn(reading, print);
        if (response.StatusCode is not (HttpStatusCode.TooManyRequests or Banned))
            return;

        var told = response.Headers.RetryAfter;
        var now = link.Time.GetUtcNow();
        await budget.HoldAsync(told?.Date?.ToUniversalTime() ?? now + (told?.Delta ?? HoldWhenUntold), cancellationToken);
    }

    private VenueAnswer<T> Verdict<T>(HttpStatusCode status, byte[] body, AnswerReader<T> read)
    {
        if (status is HttpStatusCode.TooManyRequests or Banned)
            return Unknown<T>(UnknownCause.Throttled, $"HTTP {(int)status}");
        if ((int)status >= 500)
            return Unknown<T>(UnknownCause.ServerError, $"HTTP {(int)status}");

        try
        {
            using var document = JsonDocument.Parse(body);
            return protocol.Verdict(status, document.RootElement).Map(payload => read(payload));
        }
        catch (Exception error) when (IsMisread(error))
        {
            var path = error is JsonException { Path: { } at } ? at : "$";
            return Unknown<T>(UnknownCause.Unreadable, $"HTTP {(int)status}, {path}: {error.Message}");
        }
    }

    /// <summary>Null when the venue's time is known, if only from earlier, or of no importance.</summary>
    private async Task<VenueAnswer<DateTimeOffset>.Unknown?> MeasureAsync(CancellationToken cancellationToken)
    {
        if (protocol.TimeCall is not { } call || !clock.IsDue)
            return null;

        await measuring.WaitAsync(cancellationToken);
        try
        {
            if (!clock.IsDue)
                return null;
            var sent = link.Time.GetUtcNow();
            var answer = await ExchangeAsync(
                call, protocol.Request(link.Rest, call), print: null, protocol.TimeOf, cancellationToken);
            if (answer is VenueAnswer<DateTimeOffset>.Answered { Value: var venue })
                clock.Measured(sent, venue, link.Time.GetUtcNow());
            return clock.IsKnown
                ? null
                : answer as VenueAnswer<DateTimeOffset>.Unknown ?? new(UnknownCause.Unreadable, "The venue hides its time.");
        }
        finally
        {
            measuring.Release();
        }
    }

    private static VenueAnswer<T> Unknown<T>(UnknownCause cause, string detail) =>
        new VenueAnswer<T>.Unknown(cause, detail);

    // All that reading a JSON element, or making a value object of what it holds, can throw.
    private static bool IsMisread(Exception error) => error
        is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException
        or FormatException or ArgumentException or OverflowException;

    private sealed record SignedRequest(HttpRequestMessage Request, string Print)
    {
        public override string ToString() => "(signed)";
    }
}
