using ArchUnitNET.xUnitV3;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Platform.Architecture.Tests;

public sealed class FloorTests
{
    [Theory]
    [InlineData("Domain", "")]
    [InlineData("Projections", "Domain")]
    [InlineData("Workers", "Domain Projections")]
    [InlineData("Api", "Domain Projections Workers")]
    [InlineData("Audit", "Domain Projections")]
    [InlineData("PaperVenue", "")]
    public void Part_knows_only_what_stands_under_it(string part, string under) =>
        Assert.Empty(House.ReferencedBy(part).Except(under.Split(' '), StringComparer.Ordinal));

    [Fact]
    public void No_code_reaches_up_a_floor()
    {
        foreach (var (index, floor) in House.Floors.Index())
            foreach (var above in House.Floors.Take(index))
                Types().That().ResideInNamespaceMatching($@"^Platform\.{floor}(\.|$)")
                    .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching($@"^Platform\.{above}(\.|$)")
                    .Check(House.Built);
    }

    [Fact]
    public void Domain_knows_nothing_of_store_bus_or_web() =>
        Types().That().ResideInNamespaceMatching(@"^Platform\.Domain(\.|$)")
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(
                @"^(Marten|Wolverine|JasperFx|Weasel|Npgsql|Microsoft\.(AspNetCore|Extensions|EntityFrameworkCore)|System\.(IO|Net|Data))(\.|$)")
            .Check(House.Built);

    [Fact]
    public void Domain_references_nothing_but_the_language_and_cryptography() => Assert.All(
        House.Of("Domain").GetReferencedAssemblies(),
        reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void Projections_know_nothing_of_bus_or_web() =>
        Types().That().ResideInNamespaceMatching(@"^Platform\.Projections(\.|$)")
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(@"^(Wolverine|Microsoft\.AspNetCore)(\.|$)")
            .Check(House.Built);

    [Fact]
    public void Venue_and_platform_share_no_code()
    {
        Types().That().ResideInNamespaceMatching(@"^Platform\.PaperVenue(\.|$)")
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(@"^Platform\.(Api|Workers|Projections|Domain|Audit)(\.|$)")
            .Check(House.Built);
        Types().That().ResideInNamespaceMatching(@"^Platform\.(Api|Workers|Projections|Domain|Audit)(\.|$)")
            .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(@"^Platform\.PaperVenue(\.|$)")
            .Check(House.Built);
    }
}
