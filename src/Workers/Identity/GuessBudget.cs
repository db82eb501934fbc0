using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Marten;
using Platform.Domain.Identity;
using Platform.Projections;
using Platform.Projections.Identity;

namespace Platform.Workers.Identity;

/// <summary>What somebody is about to prove, and perhaps only guesses.</summary>
/// <param name="Secret">The kind of secret and whose it is; whether there is such a person makes no difference.</param>
/// <param name="Owner">The person; null: there is none.</param>
public sealed record Guess(string Secret, UserId? Owner, TokenOrigin Origin)
{
    public static Guess AtPassword(string email, UserId? owner, TokenOrigin origin) => new($"password {email}", owner, origin);

    public static Guess AtCode(UserId owner, TokenOrigin origin) => new($"code {owner}", owner, origin);

    // What names a person or a place stays out of logs.
    public override string ToString() => "(guess)";
}

/// <summary>There were too many wrong ones lately; a right one would not be looked at either.</summary>
/// <param name="wait">Until somebody may try again.</param>
public sealed class TooManyGuessesException(TimeSpan wait) : Exception("Too many wrong proofs.")
{
    public TimeSpan Wait { get; } = wait;
}

/// <summary>
/// How often somebody may be wrong about one person's secret: so often from one network, and so often from everywhere. Where
/// the person was signed in lately the second does not count, so that strangers keep nobody out of the own account. Counted in
/// the store, for all nodes and over restarts.
/// </summary>
/// <param name="key">For the names of the rows, which tell nobody who is meant.</param>
public sealed class GuessBudget(IDocumentStore store, BarrierSubjects subjects, byte[] key)
{
    /// <summary>Wrong ones from one network (a /24, or a /48 of IPv6) within <see cref="Window"/>.</summary>
    public const int NetworkMax = 10;

    /// <summary>Wrong ones from everywhere within <see cref="Window"/>.</summary>
    public const int EverywhereMax = 50;

    /// <summary>From the first wrong one on.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    // However many persons and networks somebody makes up, there are no more rows than that of each kind.
    private const uint RowsMax = 1 << 19;

    private Npgsql.NpgsqlDataSource Database => store.Storage.Database.Connections;

    /// <summary>
    /// Whether the proof is right. The try is counted before, so that many at once are not more than the limit, and taken back
    /// unless it was wrong.
    /// </summary>
    /// <exception cref="TooManyGuessesException">The proof was not looked at.</exception>
    public async Task<bool> TryAsync(Guess guess, Func<ValueTask<bool>> prove, CancellationToken cancellationToken)
    {
        var around = guess.Origin.Address is { } address ? subjects.From(address).Around.Id.Value : (Guid?)null;
        var (here, everywhere) = (RowOf($"{around} {guess.Secret}") * 2, (RowOf(guess.Secret) * 2) + 1);
        var (triesHere, waitHere) = await GuessTable.CountAsync(Database, here, Window, cancellationToken);
        if (triesHere > NetworkMax)
            throw new TooManyGuessesException(waitHere);

        var (tries, wait) = await GuessTable.CountAsync(Database, everywhere, Window, cancellationToken);
        if (tries > EverywhereMax && !await WasSignedInFromAsync(guess.Owner, around, cancellationToken))
            throw new TooManyGuessesException(wait);

        var isWrong = false;
        try
        {
            isWrong = !await prove();
            return !isWrong;
        }
        finally
        {
            if (!isWrong)
            {
                await GuessTable.TakeBackAsync(Database, here, CancellationToken.None);
                await GuessTable.TakeBackAsync(Database, everywhere, CancellationToken.None);
            }
        }
    }

    /// <summary>Forgets windows that are over.</summary>
    internal Task EvictAsync(CancellationToken cancellationToken) => GuessTable.DeleteOverAsync(Database, cancellationToken);

    private async Task<bool> WasSignedInFromAsync(UserId? owner, Guid? network, CancellationToken cancellationToken)
    {
        // Asked about nobody too: who is not there is told from who is by no answer and no time.
        var user = owner ?? default;
        await using var session = store.QuerySession();
        return await session.Query<UserSession>().AnyAsync(
            known => known.UserId == user && known.Network == network && known.Network != null, cancellationToken);
    }

    private int RowOf(string name)
    {
        var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(name));
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(hash) % RowsMax);
    }
}
