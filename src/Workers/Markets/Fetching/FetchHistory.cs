namespace Platform.Workers.Markets.Fetching;

/// <summary>What a parser made of all the answers that are kept.</summary>
/// <param name="Unreadable">How many answers it can make nothing of.</param>
/// <param name="Facts">How many facts are new, or read otherwise than before.</param>
public sealed record FetchRevision(int Answers, int Unreadable, int Facts);

/// <summary>Runs a parser again over the answers that were kept: a better one reads more in them than the one before.</summary>
public sealed class FetchHistory(FactTable table)
{
    /// <summary>In the order in which they came, so that each revision meets the one before it. Run again, it changes nothing.</summary>
    public async Task<FetchRevision> ReadAgainAsync(IFetcher fetcher, CancellationToken cancellationToken)
    {
        var (answers, unreadable, facts) = (0, 0, 0);
        RawAnswer? raw = null;
        while ((raw = await table.NextKeptAsync(fetcher.Terms.Id, raw, cancellationToken)) is not null)
        {
            answers++;
            if (FetchRun.Read(fetcher, raw, out _) is { } parsed)
                facts += await table.ReviseAsync(fetcher.Terms, raw, parsed, cancellationToken);
            else
                unreadable++;
        }

        return new(answers, unreadable, facts);
    }
}
