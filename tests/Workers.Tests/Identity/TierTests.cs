using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Platform.Workers.Identity;

namespace Platform.Workers.Tests.Identity;

/// <summary>A tier is a type: what is dangerous cannot be written without the token for it.</summary>
public sealed class TierTests
{
    [Theory]
    [InlineData("Withdraw(danger)", null)]
    [InlineData("Withdraw(inner)", "CS1503")]
    [InlineData("Withdraw(outer)", "CS1503")]
    [InlineData("Withdraw((DangerToken)inner)", "CS0030")]
    [InlineData("Withdraw(inner as DangerToken)", "CS0039")]
    [InlineData("Withdraw(new DangerToken())", "CS1729")]
    [InlineData("session.Spend(danger, time)", null)]
    [InlineData("session.Spend(inner, time)", "CS1503")]
    [InlineData("_ = new Forged()", "CS1729")]
    public void Attack_59_handler_of_a_danger_operation_compiles_with_a_danger_token_only(string call, string? error)
    {
        var code =
            $$"""
            using Marten; using Platform.Workers.Identity; using System;
            public static class Handler
            {
                static void Withdraw(DangerToken token) { }
                static void Call(OuterToken outer, InnerToken inner, DangerToken danger, IDocumentSession session, TimeProvider time) { {{call}}; }
            }
            {{(call.Contains("Forged", StringComparison.Ordinal) ? "public class Forged : VerifiedToken { }" : "")}}
            """;
        var compiled = CSharpCompilation.Create(
            "Elsewhere", [CSharpSyntaxTree.ParseText(code, new(LanguageVersion.CSharp14), cancellationToken: TestContext.Current.CancellationToken)], References(),
            new(OutputKind.DynamicallyLinkedLibrary));

        var errors = compiled.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(found => found.Severity is DiagnosticSeverity.Error).Select(found => found.Id).ToList();

        Assert.Equal(error is null ? [] : [error], errors);
    }

    [Fact]
    public void Nobody_outside_makes_a_verified_token() => Assert.All(
        (Type[])[typeof(OuterToken), typeof(InnerToken), typeof(DangerToken)],
        type => Assert.True(type.IsSealed && type.GetConstructors().Length == 0));

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Select(file => MetadataReference.CreateFromFile(file));
}
