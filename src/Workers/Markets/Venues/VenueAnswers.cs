using Platform.Domain.Markets.Registry;

namespace Platform.Workers.Markets.Venues;

/// <summary>Several questions whose answers make one.</summary>
internal static class VenueAnswers
{
    /// <summary>One after another; the first that is not answered is the answer to all.</summary>
    public static async Task<VenueAnswer<IReadOnlyList<T>>> AllAsync<TQuestion, T>(
        IEnumerable<TQuestion> questions, Func<TQuestion, Task<VenueAnswer<IReadOnlyList<T>>>> askAsync)
    {
        List<T> all = [];
        foreach (var question in questions)
        {
            var answer = await askAsync(question);
            if (answer is not VenueAnswer<IReadOnlyList<T>>.Answered { Value: var some })
                return answer;
            all.AddRange(some);
        }

        return new VenueAnswer<IReadOnlyList<T>>.Answered(all);
    }

    /// <summary>Page after page, until the venue names no next one; the first that is not answered is the answer to all.</summary>
    /// <param name="pagesMax">A venue that never comes to an end is not followed further.</param>
    /// <param name="askAsync">Asks for the page that a cursor names; null: the first.</param>
    public static async Task<VenueAnswer<IReadOnlyList<T>>> PagesAsync<T>(
        int pagesMax, Func<string?, Task<VenueAnswer<Page<T>>>> askAsync)
    {
        List<T> all = [];
        string? cursor = null;
        for (var page = 0; page < pagesMax; page++)
        {
            var answer = await askAsync(cursor);
            if (answer is not VenueAnswer<Page<T>>.Answered { Value: var (rows, next) })
                return answer.Map(IReadOnlyList<T> (known) => known.Rows);
            all.AddRange(rows);
            if (next is null)
                break;
            cursor = next;
        }

        return new VenueAnswer<IReadOnlyList<T>>.Answered(all);
    }

    /// <summary>The first that is meant; that there is none is the venue's word too.</summary>
    public static VenueAnswer<T> OneOf<T>(VenueAnswer<IReadOnlyList<T>> answer, Func<T, bool> isMeant) where T : class
    {
        if (answer is not VenueAnswer<IReadOnlyList<T>>.Answered { Value: var all })
            return answer.Map(some => some[0]);
        return all.FirstOrDefault(isMeant) is { } one
            ? new VenueAnswer<T>.Answered(one)
            : new VenueAnswer<T>.NotFound("The venue lists none.");
    }

    /// <summary>What is known without asking.</summary>
    public static Task<VenueAnswer<T>> KnownAsync<T>(T value) =>
        Task.FromResult<VenueAnswer<T>>(new VenueAnswer<T>.Answered(value));

    /// <summary>What no API of the venue tells.</summary>
    public static Task<VenueAnswer<T>> NotToldAsync<T>(string why) =>
        Task.FromResult<VenueAnswer<T>>(new VenueAnswer<T>.Refused(string.Empty, why, string.Empty));

    /// <summary>What was not sent, for people of the platform stopped that.</summary>
    public static VenueAnswer<T> Stopped<T>(string why) => new VenueAnswer<T>.Refused(VenueKill.Code, $"Not sent: {why}", string.Empty);
}

/// <param name="Next">What to ask for the next page by; null: this is the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Rows, string? Next);
