using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Platform.Workers.Markets.Fetching;

/// <summary>A question over HTTP.</summary>
/// <param name="Source">Whose key it takes and whose address it is.</param>
/// <param name="Address">Absolute. "{key}" in it stands for the source's key, which is put in at the last moment.</param>
public sealed record FetchRequest(string Source, string Address)
{
    /// <summary>The header that carries the key; null where it is in the address, or there is none.</summary>
    public string? KeyHeader { get; init; }

    /// <summary>A JSON body to POST; null to GET.</summary>
    public ReadOnlyMemory<byte>? Json { get; init; }
}

/// <summary>
/// Asks once, over HTTP. Never repeats: the schedule does. Neither errors nor logs hold a query, where keys may be.
/// </summary>
public sealed class FetchClient(IHttpClientFactory clients, FetchKeys keys, IOptions<FetchingOptions> options, TimeProvider time)
{
    public const string Name = "fetchers";
    private const string Placeholder = "{key}";

    /// <summary>Where a source is: as configured, else as documented.</summary>
    public string AddressOf(string source, string documented) =>
        options.Value.Sources.TryGetValue(source, out var configured) ? configured.AbsoluteUri.TrimEnd('/') : documented;

    /// <summary>The body of the answer.</summary>
    /// <exception cref="FetchException">There is none.</exception>
    public async Task<ReadOnlyMemory<byte>> AskAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        using var message = await MessageAsync(request, cancellationToken);
        var place = new Uri(request.Address.Split('?')[0]).GetLeftPart(UriPartial.Authority);
        using var timeout = new CancellationTokenSource(options.Value.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var client = clients.CreateClient(Name);
            using var response = await client.SendAsync(message, either.Token);
            Require(response, place);
            return await response.Content.ReadAsByteArrayAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FetchException(FetchFault.Timeout, $"{place} did not answer in {options.Value.CallTimeout}.");
        }
        // The message of the cause is not told: it may hold the address.
        catch (HttpRequestException error)
        {
            throw new FetchException(
                error.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded ? FetchFault.TooLarge : FetchFault.Disconnected,
                $"{place}: {error.HttpRequestError}.");
        }
        catch (IOException)
        {
            throw new FetchException(FetchFault.Disconnected, $"{place}: the answer broke off.");
        }
    }

    private async Task<HttpRequestMessage> MessageAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        var isInAddress = request.Address.Contains(Placeholder, StringComparison.Ordinal);
        var key = isInAddress || request.KeyHeader is not null ? await keys.OfAsync(request.Source, cancellationToken) : null;
        var address = isInAddress ? request.Address.Replace(Placeholder, Uri.EscapeDataString(key!), StringComparison.Ordinal) : request.Address;
        var message = new HttpRequestMessage(request.Json is null ? HttpMethod.Get : HttpMethod.Post, new Uri(address));
        if (request.KeyHeader is { } header)
            message.Headers.Add(header, key);
        if (request.Json is { } json)
            message.Content = new ReadOnlyMemoryContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return message;
    }

    private void Require(HttpResponseMessage response, string place)
    {
        if (response.IsSuccessStatusCode)
        {
            // A page for people where numbers were asked for: a portal, or an error with a wrong status.
            if (response.Content.Headers.ContentType?.MediaType is "text/html")
                throw new FetchException(FetchFault.Unreadable, $"{place} answered with a page for people.");
            return;
        }

        var fault = response.StatusCode switch
        {
            // 418: Binance's word for an address that is kept out after too many 429.
            HttpStatusCode.TooManyRequests or (HttpStatusCode)418 => FetchFault.Throttled,
            >= HttpStatusCode.InternalServerError => FetchFault.ServerError,
            _ => FetchFault.Refused,
        };
        throw new FetchException(fault, $"{place} answered {(int)response.StatusCode}.", NotBefore(response));
    }

    private DateTimeOffset? NotBefore(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => time.GetUtcNow() + delta,
        { Date: { } date } => date,
        _ => null,
    };
}
