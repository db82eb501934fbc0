using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text.Json;
using Platform.Domain.Markets.Registry;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues.Budgets;
using Platform.Workers.Markets.Venues.Streams;

namespace Platform.Workers.Markets.Venues;

/// <summary>
/// Sends one call to a venue once. Never repeats: whoever asked knows whether repeating is harmless. What is signed and the
/// key never get into an answer, an exception or a log (queries are redacted by the runtime; there are no client logs).
/// </summary>
/// <param name="socket">For signed calls that it takes, while it is connected; null: all go by REST.</param>
internal sealed class VenueTransport(VenueLink link, IVenueProtocol protocol, CallSocket? socket = null) : IDisposable
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
        if (call.IsData)
            return await AskForDataAsync(call, read, cancellationToken);
        if (!call.IsSigned)
            return await AskOpenlyAsync(call, read, cancellationToken);

        if (!link.Access.IsGranted)
            return NotSigned<T>();
        if (await MeasureAsync(cancellationToken) is { } notMeasured)
            return Unknown<T>(notMeasured.Cause, notMeasured.Detail);
        var connection = socket?.Takes(call) is true ? await socket.ConnectionAsync(cancellationToken) : null;
        if (TrySign(call, connection, out var isUsable) is not { } signed)
            return isUsable
                ? NotSigned<T>()
                : new VenueAnswer<T>.Refused(string.Empty, "Not sent: the key is not of the form that the venue takes.", string.Empty);

        var answer = await ExchangeAsync(call, signed.SendAsync, signed.Print, read, cancellationToken);
        if (answer is VenueAnswer<T>.Refused { Code: var code } && protocol.IsAboutTime(code))
            clock.Distrust();
        return answer;
    }

    /// <summary>A signed question about the account, by which nothing changes at the venue.</summary>
    public Task<VenueAnswer<T>> AskAsync<T>(
        string path, string limit, AnswerReader<T> read, CancellationToken cancellationToken,
        params IReadOnlyList<(string Name, string? Value)> parameters) =>
        SendAsync(VenueCall.Get(path, parameters) with { IsSigned = true, Limit = limit }, read, cancellationToken);

    public void Dispose()
    {
        socket?.Dispose();
        measuring.Dispose();
    }

    // Here, so that whoever asks a venue for data cannot pass by its switch.
    private async Task<VenueAnswer<T>> AskForDataAsync<T>(VenueCall call, AnswerReader<T> read, CancellationToken cancellationToken)
    {
        using var alive = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, link.Switches.Killed(link.Venue, VenueActivity.Data));
        try
        {
            alive.Token.ThrowIfCancellationRequested();
            return await AskOpenlyAsync(call, read, alive.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return VenueAnswers.Stopped<T>(
                $"data of {link.Venue} is stopped: {link.Switches.WhyKilled(link.Venue, VenueActivity.Data) ?? "it was when this was asked."}");
        }
    }

    private Task<VenueAnswer<T>> AskOpenlyAsync<T>(VenueCall call, AnswerReader<T> read, CancellationToken cancellationToken) =>
        ExchangeAsync(call, ByRest(call, protocol.Request(link.Rest, call)), print: null, read, cancellationToken);

    /// <returns>Null when there are no credentials, or none that can sign.</returns>
    private SignedCall? TrySign(VenueCall call, CallConnection? connection, out bool isUsable)
    {
        isUsable = true;
        try
        {
            return link.Access.Use(credentials => new SignedCall(
                connection is null
                    ? ByRest(call, protocol.Signed(link.Rest, call, credentials, clock.Now))
                    : connection.Prepare(call, credentials, clock.Now),
                credentials.Print));
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
        ? new VenueAnswer<T>.Refused(string.Empty, link.Access.WhyNone, string.Empty)
        : Unknown<T>(UnknownCause.Disconnected, "Not sent: the vault is sealed.");

    private async Task<VenueAnswer<T>> ExchangeAsync<T>(
        VenueCall call, Func<CancellationToken, Task<CarriedAnswer>> sendAsync, string? print, AnswerReader<T> read,
        CancellationToken cancellationToken)
    {
        if (await budget.TakeAsync(call, print, cancellationToken) is { } waitUntil)
            return Unknown<T>(UnknownCause.Throttled, $"Not sent: held back until {waitUntil:O}.");
        if (call.Exit is { } exit && WhyClosed(exit) is { } why)
            return Unknown<T>(UnknownCause.Disconnected, $"Not sent: {why}");

        using var timeout = new CancellationTokenSource(link.CallTimeout, link.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var carried = await sendAsync(either.Token);
            await LearnAsync(carried, print, cancellationToken);
            return Verdict(carried.Status, carried.Body, read);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unknown<T>(UnknownCause.Timeout, $"No answer in {link.CallTimeout}.");
        }
        catch (HttpRequestException error)
        {
            return Unknown<T>(UnknownCause.Disconnected, error.HttpRequestError.ToString());
        }
        catch (WebSocketException error)
        {
            return Unknown<T>(UnknownCause.Disconnected, error.Message);
        }
        catch (IOException)
        {
            return Unknown<T>(UnknownCause.Disconnected, "The answer broke off.");
        }
        catch (Exception error) when (IsMisread(error))
        {
            return Unknown<T>(UnknownCause.Unreadable, error.Message);
        }
    }

    private string? WhyClosed(VenueExit exit) => link.Switches.Ask(link.Venue, exit.Activity) switch
    {
        VenueGate.Open when exit.Until < link.Time.GetUtcNow() => "it is too late for it.",
        VenueGate.Open => null,
        VenueGate.Killed => $"people stopped that at {link.Venue}.",
        _ => $"this node has not heard for {KillSwitches.FreshMax} whether people stopped that at {link.Venue}.",
    };

    private Func<CancellationToken, Task<CarriedAnswer>> ByRest(VenueCall call, HttpRequestMessage request) => async cancellationToken =>
    {
        using var sent = request;
        using var client = link.Clients.CreateClient(ClientName);
        using var response = await client.SendAsync(request, cancellationToken);
        var told = response.Headers.RetryAfter;
        return new(
            response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken),
            told?.Delta ?? (told?.Date - link.Time.GetUtcNow()), protocol.ReadingOf(call, response.Headers));
    };

    private async Task LearnAsync(CarriedAnswer answer, string? print, CancellationToken cancellationToken)
    {
        if (answer.Counted is { } reading)
            budget.Learn(reading, print);
        if (answer.Status is HttpStatusCode.TooManyRequests or Banned)
            await budget.HoldAsync(link.Time.GetUtcNow() + (answer.RetryIn ?? HoldWhenUntold), cancellationToken);
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
                call, ByRest(call, protocol.Request(link.Rest, call)), print: null, protocol.TimeOf, cancellationToken);
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

    private sealed record SignedCall(Func<CancellationToken, Task<CarriedAnswer>> SendAsync, string Print)
    {
        public override string ToString() => "(signed)";
    }
}
