namespace Platform.Tests.Support;

/// <summary>Waiting on a condition with a deadline, in place of sleeping.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until the answer is yes.</summary>
    /// <param name="what">The condition in words, for the message of a wait that failed.</param>
    /// <exception cref="TimeoutException">The answer was still no at the deadline.</exception>
    public static Task IsTrueAsync(
        string what, TimeSpan deadline, Func<CancellationToken, Task<bool>> ask, CancellationToken cancel) =>
        AnswersAsync(what, deadline, async waiting => await ask(waiting) ? "yes" : null, cancel);

    /// <summary>Asks again and again until there is an answer, and gives it.</summary>
    /// <exception cref="TimeoutException">There was still none at the deadline.</exception>
    public static async Task<T> AnswersAsync<T>(
        string what, TimeSpan deadline, Func<CancellationToken, Task<T?>> ask, CancellationToken cancel)
        where T : class
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        waiting.CancelAfter(deadline);
        try
        {
            while (true)
            {
                if (await ask(waiting.Token) is { } answer)
                    return answer;

                await Task.Delay(Pause, TimeProvider.System, waiting.Token);
            }
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"Not within {deadline}: {what}", late);
        }
    }
}
