using System.Collections.Frozen;
using System.Globalization;
using Platform.Domain.Identity;
using Platform.Workers.Pki;

namespace Platform.Workers.Identity;

/// <summary>
/// The keys of one tier, in files <c>outer-0001.key</c>, <c>outer-0002.key</c>, … A new one signs once every node has had time to
/// read it; the ones before verify what they signed until it has ended.
/// </summary>
internal sealed class KeyRing(string folder, TokenTier tier, TimeProvider time)
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(10);

    /// <summary>From its making to its first use.</summary>
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(15);

    // The clock of the node that made a key may be as far ahead as that of the one that uses it is behind.
    private static readonly TimeSpan Apart = 2 * TokenLife.SkewMax;

    private readonly Lock reading = new();
    private volatile Held? held;

    private string Pattern => $"{tier.ToString().ToLowerInvariant()}-????.key";

    /// <summary>Null: no key of this ring.</summary>
    public KnownKey? Find(string footerText) => Current().ByFooter.GetValueOrDefault(footerText);

    /// <summary>The latest that has begun to sign; when all that have are barred, the one that is about to. The first to ask makes the first.</summary>
    /// <param name="isBarred">Which keys sign nothing any more.</param>
    /// <returns>Null: every key is barred.</returns>
    public SigningKey? Signer(Func<SigningKey, bool> isBarred)
    {
        var (now, keys) = (time.GetUtcNow(), Current().Keys);
        return keys.LastOrDefault(key => key.Since <= now && !isBarred(key)) ?? keys.FirstOrDefault(key => !isBarred(key));
    }

    /// <summary>Makes the next key, and removes those whose tokens have all ended.</summary>
    /// <exception cref="IOException">Somebody else rotated at the same moment.</exception>
    public SigningKey Rotate()
    {
        var known = Read();
        var now = time.GetUtcNow();
        KeyFile.Write(FileOf(NumberOf(known.Files[^1]) + 1), SigningKey.Make(tier, now + Notice), overwrite: false);
        for (var i = 0; i < known.Keys.Count - 1; i++)
        {
            if (UntilOf(known.Keys[i + 1]) + tier.Longest + tier.Leeway < now)
                File.Delete(known.Files[i]);
        }

        held = Read();
        return held.Keys[^1];
    }

    private static DateTimeOffset UntilOf(SigningKey next) => next.Since + ReadEvery + Apart;

    private static int NumberOf(string file) =>
        int.Parse(Path.GetFileNameWithoutExtension(file)[^4..], CultureInfo.InvariantCulture);

    private Held Current()
    {
        if (held is { } known && time.GetElapsedTime(known.ReadAt) < ReadEvery)
            return known;

        lock (reading)
        {
            if (held is { } read && time.GetElapsedTime(read.ReadAt) < ReadEvery)
                return read;

            var fresh = Read();
            held = fresh;
            return fresh;
        }
    }

    private Held Read()
    {
        var readAt = time.GetTimestamp();
        if (Files() is [])
            KeyFile.ReadOrMake(FileOf(1), () => SigningKey.Make(tier, time.GetUtcNow()));

        var files = Files();
        try
        {
            // What is held already is not read again: a key never changes under its name.
            return held is { } known && known.Files.SequenceEqual(files, StringComparer.Ordinal)
                ? known with { ReadAt = readAt }
                : Hold(files, [.. files.Select(file => SigningKey.Read(File.ReadAllBytes(file), tier))], readAt);
        }
        catch (FileNotFoundException) when (!Files().SequenceEqual(files, StringComparer.Ordinal))
        {
            // Another node removed a key that had ended, since the folder was looked at.
            return Read();
        }
    }

    private static Held Hold(IReadOnlyList<string> files, List<SigningKey> keys, long readAt) => new(
        files, keys,
        keys.Index().ToFrozenDictionary(each => each.Item.FooterText, each => new KnownKey(
            each.Item,
            each.Item.Since - Notice - Apart,
            each.Index + 1 < keys.Count ? UntilOf(keys[each.Index + 1]) : DateTimeOffset.MaxValue), StringComparer.Ordinal),
        readAt);

    private string FileOf(int number) => KeyFile.In(folder, Pattern.Replace("????", number.ToString("D4", CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private List<string> Files() =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, Pattern).Order(StringComparer.Ordinal)] : [];

    /// <param name="Keys">Oldest first.</param>
    private sealed record Held(
        IReadOnlyList<string> Files, List<SigningKey> Keys, FrozenDictionary<string, KnownKey> ByFooter, long ReadAt);
}

/// <summary>A key and the time in which it signed: one that was retired, and stolen, signs nothing new.</summary>
internal sealed record KnownKey(SigningKey Key, DateTimeOffset From, DateTimeOffset Until)
{
    public bool WasInUse(DateTimeOffset issuedAt) => issuedAt >= From && issuedAt < Until;
}
