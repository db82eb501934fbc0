using System.Text.Json;

namespace Platform.Audit;

/// <summary>The first place where two JSON texts mean different things.</summary>
internal static class JsonDifference
{
    /// <summary>Null when both mean the same; a side that has nothing there is null.</summary>
    public static (string Path, string? Left, string? Right)? First(string left, string right)
    {
        if (string.Equals(left, right, StringComparison.Ordinal))
        {
            return null;
        }

        using var one = JsonDocument.Parse(left);
        using var other = JsonDocument.Parse(right);
        return Find("$", one.RootElement, other.RootElement);
    }

    private static (string Path, string? Left, string? Right)? Find(string path, JsonElement left, JsonElement right)
    {
        if (JsonElement.DeepEquals(left, right))
        {
            return null;
        }

        return Children(left, right)
            .Select(child => (child.Left, child.Right) switch
            {
                ({ } l, { } r) => Find(path + child.Step, l, r),
                var (l, r) => (path + child.Step, l?.GetRawText(), r?.GetRawText()),
            })
            .FirstOrDefault(found => found is not null)
            ?? (path, left.GetRawText(), right.GetRawText());
    }

    // Nothing for two values that have no members in common to go down into.
    private static IEnumerable<(string Step, JsonElement? Left, JsonElement? Right)> Children(
        JsonElement left, JsonElement right)
    {
        if (left.ValueKind != right.ValueKind)
        {
            return [];
        }

        return left.ValueKind switch
        {
            JsonValueKind.Object => left.EnumerateObject().Select(member => member.Name)
                .Union(right.EnumerateObject().Select(member => member.Name), StringComparer.Ordinal)
                .Select(name => ($".{name}", Member(left, name), Member(right, name))),
            JsonValueKind.Array => Enumerable.Range(0, Math.Max(left.GetArrayLength(), right.GetArrayLength()))
                .Select(i => ($"[{i}]", Item(left, i), Item(right, i))),
            _ => [],
        };
    }

    private static JsonElement? Member(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) ? member : null;

    private static JsonElement? Item(JsonElement value, int index) =>
        index < value.GetArrayLength() ? value[index] : null;
}
