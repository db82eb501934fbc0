using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Platform.Projections.Idempotency;

namespace Platform.Api.Idempotency;

/// <summary>An answer that is made but not sent yet; those of writes are a few members long.</summary>
internal sealed class HeldAnswer : IDisposable
{
    private readonly HttpResponse response;
    private readonly IHttpResponseBodyFeature sent;
    private readonly MemoryStream body = new();

    public HeldAnswer(HttpResponse response)
    {
        this.response = response;
        sent = response.HttpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        response.HttpContext.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
    }

    public bool IsSuccess => response.StatusCode is >= 200 and < 300;

    /// <summary>What is remembered of it: what no cache may keep, we keep neither.</summary>
    public RecordedAnswer Recorded()
    {
        var holdsSecret = IsSuccess && response.GetTypedHeaders().CacheControl is { NoStore: true };
        return new(
            response.StatusCode, response.ContentType, response.Headers.Location,
            body.Length == 0 || holdsSecret ? null : Encoding.UTF8.GetString(body.ToArray()), holdsSecret);
    }

    /// <summary>Takes back what was written.</summary>
    public void Forget()
    {
        response.Clear();
        body.SetLength(0);
    }

    public async Task SendAsync()
    {
        Release();
        // Not even nothing may be written where an answer has no body (204, 304).
        if (body.Length > 0)
            await sent.Stream.WriteAsync(body.ToArray(), response.HttpContext.RequestAborted);
    }

    public void Dispose()
    {
        Release();
        body.Dispose();
    }

    private void Release() => response.HttpContext.Features.Set(sent);
}

internal static class RecordedAnswers
{
    extension(RecordedAnswer answer)
    {
        public async Task SendAsync(HttpContext http)
        {
            if (answer.HeldSecret)
            {
                await Problems.From(
                    new("idempotency_answer_secret", "It was done; its answer held a secret, which is shown once."),
                    StatusCodes.Status409Conflict).ExecuteAsync(http);
                return;
            }

            var response = http.Response;
            (response.StatusCode, response.ContentType) = (answer.Status, answer.ContentType);
            if (answer.Location is { } location)
                response.Headers.Location = location;
            response.Headers["Idempotency-Replayed"] = "true";
            if (answer.Body is { } body)
                await response.WriteAsync(body, http.RequestAborted);
        }
    }
}
