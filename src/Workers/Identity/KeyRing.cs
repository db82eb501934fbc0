using System.Collections.Frozen;
using System.Globalization;
using Platform.Domain.Identity;
using Platform.Workers.Pki;

namespace Platform.Workers.Identity;

/// <summary>
/// The keys of one tier, in files <c>outer-0001.key</c>, <c>outer-0002.key</c>, … The last one signs; the ones before verify
/// what they signed until it has ended. A node finds a new key when it meets a token of it, or within ten seconds.
/// </summary>
internal sealed class KeyRing(string folder, TokenTier tier, TimeProvider time)
{
    // Nodes that did not see the new key yet go on with the old one for a moment.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(60);

    // The clock of the node that made a key may be as far ahead as that of the one that uses it is behind.
    private static readonly TimeSpan Apart = 2 * TokenLife.SkewMax;

    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(10);

    // However many unknown keys are presented, the folder is read this often.
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock reading = new();
    private volatile Held? held;

    private string Pattern => $"{tier.ToString().ToLowerInvariant()}-????.key";

    /// <summary>The key that signs now; the first to ask makes it.</summary>
    public SigningKey Signer => Current(ReadEvery).Keys[^1];

    /// <summary>Null: no key of this ring.</summary>
    public KnownKey? Find(string footerText) =>
        Current(ReadEvery).ByFooter.GetValueOrDefault(footerText) ?? Current(ReadAgainAfter).ByFooter.GetValueOrDefault(footerText);

    /// <summary>Makes the next key, and removes those whose tokens have all ended.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="IOException">Somebody else rotated at the same moment.</exception>
    public string Rotate()
    {
        var keys = Read().Keys;
        var now = time.GetUtcNow();
        KeyFile.Write(FileOf(NumberOf(Files()[^1]) + 1), SigningKey.Make(tier, now), overwrite: false);
        var files = Files();
        for (var i = 0; i < keys.Count - 1; i++)
        {
            if (keys[i + 1].Since + Overlap + tier.Longest + tier.Leeway < now)
                File.Delete(files[i]);
        }

        return (held = Read()).Keys[^1].Id;
    }

    private static int NumberOf(string file) =>
        int.Parse(Path.GetFileNameWithoutExtension(file)[^4..], CultureInfo.InvariantCulture);

    private Held Current(TimeSpan ageMax)
    {
        if (held is { } known && time.GetElapsedTime(known.ReadAt) < ageMax)
            return known;

        lock (reading)
            return held is { } read && time.GetElapsedTime(read.ReadAt) < ageMax ? read : held = Read();
    }

    private Held Read()
    {
        var readAt = time.GetTimestamp();
        if (Files() is [])
            KeyFile.ReadOrMake(FileOf(1), () => SigningKey.Make(tier, time.GetUtcNow()));

        var files = Files();
        // What is held already is not read again: a key never changes under its name.
        return held is { } known && known.Files.SequenceEqual(files, StringComparer.Ordinal)
            ? known with { ReadAt = readAt }
            : Hold(files, [.. files.Select(file => SigningKey.Read(File.ReadAllBytes(file), tier))], readAt);
    }

    private static Held Hold(IReadOnlyList<string> files, List<SigningKey> keys, long readAt) => new(
        files, keys,
        keys.Index().ToFrozenDictionary(each => each.Item.FooterText, each => new KnownKey(
            each.Item,
            each.Item.Since - Apart,
            each.Index + 1 < keys.Count ? keys[each.Index + 1].Since + Overlap : DateTimeOffset.MaxValue), StringComparer.Ordinal),
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
