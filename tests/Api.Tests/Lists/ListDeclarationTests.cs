using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Lists;

namespace Platform.Api.Tests.Lists;

/// <summary>What holds for every list, whoever declares one.</summary>
public sealed class ListDeclarationTests(PlatformHost platform)
{
    private IReadOnlyList<ListDeclaration> Lists =>
    [
        .. platform.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Select(route => route.Metadata.GetMetadata<ListDeclaration>()).OfType<ListDeclaration>().Distinct(),
    ];

    [Fact]
    public void Every_member_of_an_item_is_declared_and_no_other() => Assert.All(Lists, list => Assert.Equal(
        ApiJson.Options.GetTypeInfo(list.GetType().GetGenericArguments()[0]).Properties.Select(member => member.Name).Order(),
        list.Members.Order()));

    [Fact]
    public void Every_list_has_an_order_and_a_name_of_its_own()
    {
        Assert.InRange(Lists.Count, 6, int.MaxValue);
        Assert.Equal(Lists.Count, Lists.Select(list => list.Name).Distinct().Count());
        Assert.All(Lists, list =>
        {
            Assert.Contains(list.Sortable, field => string.Equals(field.Name, list.DefaultSort.TrimStart('-'), StringComparison.Ordinal));
            Assert.False(list.Of(list.Unique).IsNullable);
            // The total row writes what it is there.
            Assert.NotEqual(FieldKind.Exact, list.All[0].Kind);
        });
    }
}
