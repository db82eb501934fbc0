using Platform.Projections;

namespace Platform.Workers.Identity;

/// <summary>
/// An inner token that a node holds for a run: renewed half-way through each life, a tenth earlier or later so that nodes do
/// not all ask at once, until its lineage ends or something bars it.
/// </summary>
public sealed class HeldInnerToken : IAsyncDisposable
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stop = new();
    private readonly InnerTokens tokens;
    private readonly string thumbprint;
    private readonly TimeProvider time;
    private readonly Random random;
    private readonly Task renewing;
    private volatile IssuedToken? held;

    internal HeldInnerToken(InnerTokens tokens, IssuedToken first, string thumbprint, TimeProvider time, Random random)
    {
        (this.tokens, this.thumbprint, this.time, this.random) = (tokens, thumbprint, time, random);
        held = first;
        renewing = RenewAsync(first);
    }

    /// <summary>Null: it is over, and so is what the node does by it.</summary>
    public string? Text => held is { } current && current.ExpiresAt > time.GetUtcNow() ? current.Text : null;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await renewing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task RenewAsync(IssuedToken? current)
    {
        while (current is not null)
        {
            await Task.Delay(UntilRenewal(current), time, stop.Token);
            current = await NextAsync(current);
            held = current;
        }
    }

    // What is out of reach for a moment is asked again as long as the token lives.
    private async Task<IssuedToken?> NextAsync(IssuedToken current)
    {
        while (current.ExpiresAt > time.GetUtcNow())
        {
            try
            {
                return await tokens.RenewAsync(current.Text, thumbprint, stop.Token);
            }
            catch (Exception error) when (error is TokensUnavailableException || error.IsStoreOutage)
            {
                await Task.Delay(TryAgain, time, stop.Token);
            }
        }

        return null;
    }

    private TimeSpan UntilRenewal(IssuedToken current)
    {
        var half = (current.RenewAt - time.GetUtcNow()).Ticks;
        return TimeSpan.FromTicks(Math.Max(0, half + (random.NextInt64(-half / 10, (half / 10) + 1))));
    }
}
