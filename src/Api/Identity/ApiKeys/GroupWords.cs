using Platform.Domain.Identity;

namespace Platform.Api.Identity.ApiKeys;

/// <summary>Feature groups by the words of the API.</summary>
public static class GroupWords
{
    private static readonly Dictionary<string, FeatureGroups> Words = Enum.GetValues<FeatureGroups>()
        .Where(group => int.IsPow2((int)group) && ApiKeyDecider.GroupsMax.HasFlag(group))
        .ToDictionary(group => group.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static IEnumerable<string> All => Words.Keys;

    public static IEnumerable<string> Of(FeatureGroups groups) => Words.Where(word => groups.HasFlag(word.Value)).Select(word => word.Key);

    /// <summary>Null when one of the words is none.</summary>
    public static FeatureGroups? Read(IEnumerable<string> words)
    {
        var groups = FeatureGroups.None;
        foreach (var word in words)
        {
            if (!Words.TryGetValue(word, out var group))
                return null;
            groups |= group;
        }
        return groups;
    }
}
