using Platform.Projections.Idempotency;
using Platform.Workers.Idempotency;

namespace Platform.Api.Idempotency;

/// <summary>
/// Stands before every endpoint that changes something: the same key with the same request gets the first answer, with
/// another request a refusal, and nothing is done twice.
/// </summary>
public sealed class IdempotencyGate(RequestDelegate next, IdempotencyRecords records, RequestDigest digests, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    // So long a repeat waits for the answer of the first before it is told to come back.
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(2);

    // No request takes as long; an answer that is missing then was lost with the process that was to give it.
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(60);

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata is not { } facts || IdempotencyRoutes.TakenBy(facts) is not { } taken
            || taken.Of(http.Request) is not { } key)
        {
            await next(http);
            return;
        }

        var (id, digest) = (IdempotencyId.For(Caller.Of(http), key), await digests.OfAsync(http.Request));
        if (await records.FindAsync(id, http.RequestAborted) is { } known)
            await AnswerAgainAsync(http, taken, known, digest);
        else
            await CarryOutAsync(http, taken, id, digest);
    }

    private async Task CarryOutAsync(HttpContext http, IdempotencyKey taken, Guid id, string digest)
    {
        using var request = IdempotentRequest.Begin(id, digest, time.GetUtcNow(), taken.Kept);
        using var answer = new HeldAnswer(http.Response);
        try
        {
            await next(http);
        }
        catch (Exception error) when (error.IsKeyTaken)
        {
            // Another with the same key was done first, and so nothing of this one was.
            answer.Forget();
            if (await records.FindAsync(id, http.RequestAborted) is not { } first)
                throw;
            await AnswerAgainAsync(http, taken, first, digest);
            await answer.SendAsync();
            return;
        }

        // What broke off is unknown; it is never remembered as the answer.
        if (http.Response.StatusCode < StatusCodes.Status500InternalServerError && (request.IsCommitted || answer.IsSuccess))
            await records.AnswerAsync(request, answer.Recorded(), CancellationToken.None);
        await answer.SendAsync();
    }

    private async Task AnswerAgainAsync(HttpContext http, IdempotencyKey taken, IdempotencyRecord known, string digest)
    {
        if (!string.Equals(known.Digest, digest, StringComparison.Ordinal))
        {
            await Problems.From(new("idempotency_key_reused", "This Idempotency-Key names another request.")).ExecuteAsync(http);
            return;
        }

        if (await AnswerOfAsync(known, taken, http.RequestAborted) is { } answer)
            await answer.SendAsync(http);
        else if (taken.IsRepeatable)
            await next(http);
        else
            await RefuseAsync(http, known);
    }

    // What can be carried out again without harm need not wait.
    private async Task<RecordedAnswer?> AnswerOfAsync(IdempotencyRecord known, IdempotencyKey taken, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (known.Answer is null && !taken.IsRepeatable && time.GetElapsedTime(start) < WaitMax && IsUnderWay(known))
        {
            await Task.Delay(Poll, time, cancellationToken);
            known = await records.FindAsync(known.Id, cancellationToken) ?? known;
        }
        return known.Answer;
    }

    private Task RefuseAsync(HttpContext http, IdempotencyRecord known)
    {
        if (!IsUnderWay(known))
            return Problems.From(
                new("idempotency_answer_lost", "It was done; its answer was lost. Read what it changed."),
                StatusCodes.Status409Conflict).ExecuteAsync(http);

        http.Response.Headers.RetryAfter = "1";
        return Problems.From(
            new("idempotency_in_flight", "The first request with this key is still being answered; try again."),
            StatusCodes.Status409Conflict).ExecuteAsync(http);
    }

    private bool IsUnderWay(IdempotencyRecord known) => time.GetUtcNow() - known.RecordedAt < AnswerMax;
}
