using JasperFx;
using Microsoft.AspNetCore.Diagnostics;
using Platform.Api.Identity;
using Platform.Api.Secrets;
using Platform.Domain.Values;
using Platform.Projections;
using Platform.Workers.Identity;
using Platform.Workers.Secrets;

namespace Platform.Api;

/// <summary>Exceptions that have a meaning to the caller; the rest is an internal error whose inside stays inside.</summary>
public sealed partial class ExceptionProblems(IProblemDetailsService problems, ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (refusal, status) = exception switch
        {
            BodyException body => (body.Refusal, body.Status),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (
                new Refusal("body_too_large", $"A body has at most {RequestLimits.BodyBytesMax} bytes."),
                StatusCodes.Status413PayloadTooLarge),
            BadHttpRequestException bad => (
                new Refusal(Problems.CodeOf(bad.StatusCode), "The request cannot be read."), bad.StatusCode),
            // A chunk whose length is no number that the server can count to.
            IOException { InnerException: OverflowException } => (
                new Refusal("bad_request", "The request cannot be read."), StatusCodes.Status400BadRequest),
            TokenRefusedException token => TokenProblems.Of(token.Fault),
            TooManyGuessesException => (
                new Refusal("too_many_attempts", "That was wrong too often; Retry-After says when to come back."),
                StatusCodes.Status429TooManyRequests),
            VaultSealedException => (VaultGate.Sealed, StatusCodes.Status503ServiceUnavailable),
            TokensUnavailableException tokens => TokenProblems.Of(tokens.Fault),
            { IsDangerTokenSpent: true } => (
                new Refusal("danger_token_used", "What it was given for is done already."), StatusCodes.Status409Conflict),
            ConcurrencyException => (
                new Refusal("changed_meanwhile", "Someone else changed it first."), StatusCodes.Status409Conflict),
            { IsStoreOutage: true } => (
                new Refusal("store_unavailable", "The store cannot be reached; try again with the same Idempotency-Key."),
                StatusCodes.Status503ServiceUnavailable),
            OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested => (
                new Refusal("canceled", "The caller went away."), ClientClosedRequest),
            _ => (new Refusal("internal_error", "Something went wrong on our side; the ray id says what."),
                StatusCodes.Status500InternalServerError),
        };

        if (exception is TooManyGuessesException guesses)
            httpContext.Response.SetRetryAfter(guesses.Wait);
        // The framework logs no exception that somebody answers for.
        if (status >= StatusCodes.Status500InternalServerError)
            LogFailed(exception, refusal.Code);
        httpContext.Response.StatusCode = status;
        return await problems.TryWriteAsync(new()
        {
            HttpContext = httpContext, ProblemDetails = Problems.Details(refusal, status),
        });
    }

    [LoggerMessage(LogLevel.Error, "A request was answered {Code}")]
    private partial void LogFailed(Exception error, string code);
}
