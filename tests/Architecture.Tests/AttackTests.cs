using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Tests.Support;

namespace Platform.Architecture.Tests;

/// <summary>Every attack of the security model that can be tried yet is tried by a test that says so in its name.</summary>
public sealed partial class AttackTests
{
    // REST and push, tokens, secrets. Of these 22 needs webhooks, which nobody can have yet.
    private static readonly IEnumerable<int> Tried =
        Enumerable.Range(1, 40).Except([22]).Concat(Enumerable.Range(55, 27));

    [Fact]
    public void Every_attack_has_a_test_of_its_name()
    {
        var named = Directory.EnumerateFiles(RepositoryRoot.Combine("tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Name().Matches(File.ReadAllText(file)))
            .Select(name => int.Parse(name.Groups["id"].Value, CultureInfo.InvariantCulture)).ToHashSet();

        Assert.DoesNotContain(Tried, id => !named.Contains(id));
    }

    [GeneratedRegex(@"public (async )?(void|Task) Attack_(?<id>\d+)_", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
