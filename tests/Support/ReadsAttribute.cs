using System.Globalization;
using System.Reflection;
using Xunit.v3;

namespace Platform.Tests.Support;

/// <summary>
/// The recorded files that a test reads, as literals: it may read no other, and fails when it leaves one of them out. A star
/// stands for anything but a slash, <c>{0}</c> for the first argument of a theory.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadsAttribute(params string[] patterns) : Attribute, IBeforeAfterTestAttribute
{
    public IReadOnlyList<string> Patterns { get; } = patterns;

    public void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        // What counts is what was read by the end.
    }

    public void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (!RecordedMarketData.IsPresent || TestContext.Current.TestState?.Result is not TestResult.Passed)
            return;

        var read = RecordedMarketData.ReadBy(test);
        foreach (var pattern in PatternsOf(test))
        {
            string[] declared = [.. RecordedMarketData.Files.Where(file => RecordedMarketData.IsMatch(file, pattern))];
            Assert.True(declared.Length > 0, $"No recorded file is called {pattern}.");
            Assert.Empty(declared.Except(read, StringComparer.Ordinal));
        }
    }

    internal static IEnumerable<string> PatternsOf(IXunitTest test) =>
        from reads in test.TestMethod.Method.GetCustomAttributes<ReadsAttribute>()
        from pattern in reads.Patterns
        select string.Format(CultureInfo.InvariantCulture, pattern, test.TestMethodArguments);
}
