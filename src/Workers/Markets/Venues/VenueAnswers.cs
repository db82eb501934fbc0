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
}
