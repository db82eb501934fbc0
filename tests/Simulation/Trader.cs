using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Platform.Tests.Support;

namespace Platform.Simulation;

/// <summary>
/// A client that does what the platform asks of one: it keeps asking with the same idempotency key until there is an answer.
/// </summary>
public sealed class Trader(HttpClient platform)
{
    // Longer than all lives of the platform take on a busy machine: a client may be cut off in every one but the last.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // A new token replaces the old one for all clients; a reference is written whole.
    private volatile AuthenticationHeaderValue? token;

    // What an order that was never accepted met with last.
    private volatile string lastTrouble = "nothing yet";

    /// <summary>The answer to a read; it must be 200.</summary>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancel)
    {
        using var answer = await AskAsync(() => new(HttpMethod.Get, path), cancel);
        if (answer.StatusCode != HttpStatusCode.OK)
            Assert.Fail($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancel)}");

        return await answer.Content.ReadFromJsonAsync<T>(Wire.Json, cancel)
            ?? throw new InvalidDataException($"{path}: null.");
    }

    /// <summary>All pages of a list.</summary>
    public async Task<IReadOnlyList<T>> AllAsync<T>(string path, CancellationToken cancel)
    {
        List<T> all = [];
        var next = path;
        while (next is not null)
        {
            var page = await GetAsync<Page<T>>(next, cancel);
            all.AddRange(page.Items);
            next = page.Next is null ? null : $"{path}&cursor={Uri.EscapeDataString(page.Next)}";
        }

        return all;
    }

    /// <summary>Places an order until the platform took it; any refusal fails the test.</summary>
    /// <returns>The platform's id of the order.</returns>
    public async Task<Guid> PlaceAsync(Guid pool, PlannedOrder order, CancellationToken cancel)
    {
        using var answer = await AskAsync(
            () => new(HttpMethod.Post, $"/v1/pools/{pool}/orders")
            {
                Headers = { { "Idempotency-Key", order.Key } },
                Content = new StringContent(order.Body, Encoding.UTF8, "application/json"),
            },
            cancel);
        if (answer.StatusCode != HttpStatusCode.Accepted)
            Assert.Fail($"{order.Body}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancel)}");

        return (await answer.Content.ReadFromJsonAsync<OrderAnswer>(Wire.Json, cancel))!.OrderId;
    }

    /// <summary>Asks for a cancel; an order that is closed by now refuses, which is as good.</summary>
    public async Task CancelAsync(Guid pool, Guid order, CancellationToken cancel)
    {
        using var answer = await AskAsync(() => new(HttpMethod.Post, $"/v1/pools/{pool}/orders/{order}/cancel"), cancel);
        if (answer.StatusCode is not (HttpStatusCode.Accepted or HttpStatusCode.UnprocessableEntity))
            Assert.Fail($"Cancel of {order}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancel)}");
    }

    private async Task<HttpResponseMessage> AskAsync(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        try
        {
            return await Eventually.AnswersAsync(
                "the platform answers", Patience, waiting => TryAsync(request, waiting), cancel);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}; the last trouble of any client: {lastTrouble}", late);
        }
    }

    private async Task<HttpResponseMessage?> TryAsync(Func<HttpRequestMessage> request, CancellationToken cancel)
    {
        try
        {
            using var attempt = request();
            attempt.Headers.Authorization = token ??= await SignInAsync(cancel);
            var answer = await platform.SendAsync(attempt, cancel);
            if (!IsTransient(answer.StatusCode))
                return answer;

            lastTrouble = $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancel)}";
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
                token = null;
            answer.Dispose();
            return null;
        }
        catch (HttpRequestException gone)
        {
            lastTrouble = gone.Message; // Not there, or gone while it answered.
            return null;
        }
        catch (TaskCanceledException slow) when (!cancel.IsCancellationRequested)
        {
            lastTrouble = slow.Message; // Took longer than a client waits.
            return null;
        }
    }

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.Unauthorized or HttpStatusCode.Conflict or HttpStatusCode.RequestTimeout
            or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    private async Task<AuthenticationHeaderValue> SignInAsync(CancellationToken cancel)
    {
        using var answer = await platform.PostAsJsonAsync(
            "/v1/auth/sign-in", new { email = Stage.Email, password = Stage.Password }, Wire.Json, cancel);
        answer.EnsureSuccessStatusCode();

        return new("Bearer", (await answer.Content.ReadFromJsonAsync<SignedIn>(Wire.Json, cancel))!.Token);
    }
}
