using CsCheck;
using Platform.Api.Lists;

namespace Platform.Api.Tests.Lists;

/// <summary>The database and the memory are asked the same, and read page by page or at once a list is the same.</summary>
public sealed class ListProperties(ListSamples samples) : IClassFixture<ListSamples>
{
    private static readonly Gen<ListSort> Sorts = Gen.Select(
        Gen.OneOf(Sample.List.Sortable.Select(field => field.Name).ToArray()), Gen.Bool, (name, isDescending) => new ListSort(name, isDescending));

    private static readonly Gen<ListFilter> Filters =
        from field in Gen.OneOf(Sample.List.Fields.ToArray())
        from how in Gen.OneOf(ListDeclaration.OperatorsOf(field).ToArray())
        from like in Gen.Int[0, 299].Array[how is ListOperator.In ? 3 : 1]
        from isNull in Gen.Bool
        select new ListFilter(field.Name, how, how is ListOperator.Is ? [isNull] : [.. like.Select(number => ValueLike(field, number))]);

    private static readonly Gen<ListQuery> Questions =
        from sort in Sorts
        from filters in Filters.Array[0, 3]
        from search in Gen.OneOf<string?>(null, null, "a", "AB", "%", "_", @"\", "'", "1", "zz")
        select new ListQuery(10, null, search, sort, filters, null, ListCount.Exact, null, false, "tests");

    [Fact]
    public Task Database_and_memory_answer_alike_and_pages_are_the_list_cut_in_pieces() =>
        Gen.Select(Questions, Gen.Int[1, 40]).SampleAsync(async (asked, limit) =>
        {
            var stored = new DocumentSource<Sample, Sample>(samples.Store, ListSamples.Tenant, sample => sample);
            var remembered = new MemorySource<Sample>(samples.Ours);

            var whole = await IdsAsync(remembered, asked, int.MaxValue);

            Assert.Equal(whole, await IdsAsync(stored, asked, int.MaxValue));
            Assert.Equal(whole, await IdsAsync(stored, asked, limit));
            Assert.Equal(whole, await IdsAsync(remembered, asked, limit));
            Assert.Equal(whole.Count, await stored.CountAsync(Sample.List, asked, CancellationToken.None));
            Assert.Equal(whole.Count, await remembered.CountAsync(Sample.List, asked, CancellationToken.None));
        }, iter: 400, threads: 1);

    [Fact]
    public async Task Approximate_count_is_what_the_planner_expects()
    {
        var asked = Whole() with { Count = ListCount.Approximate };
        await using var connection = samples.Store.Storage.Database.CreateConnection();
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var analyze = new Npgsql.NpgsqlCommand("analyze platform.mt_doc_sample", connection);
        await analyze.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var count = await new DocumentSource<Sample, Sample>(samples.Store, ListSamples.Tenant, sample => sample)
            .CountAsync(Sample.List, asked, TestContext.Current.CancellationToken);

        Assert.InRange(count, 270, 330);
    }

    [Fact]
    public void Every_value_survives_the_spelling_that_a_cursor_gives_it() => Assert.All(
        from sample in samples.Ours
        from field in Sample.List.Fields
        let value = field.Value(sample)
        where value is not null
        select (field.Kind, value),
        each => Assert.Equal(0, FieldKind.Compare(each.value, each.Kind.Parse(each.Kind.Format(each.value)))));

    internal static ListQuery Whole() =>
        new(10, null, null, new("id", IsDescending: false), [], null, ListCount.None, null, IsExport: false, "tests");

    private static object ValueLike(ListField<Sample> field, int number) =>
        field.Value(ListSamples.Of(number)) ?? field.Value(ListSamples.Of(1)) ?? throw new InvalidOperationException(field.Name);

    private static async Task<IReadOnlyList<Guid>> IdsAsync(IListSource<Sample> source, ListQuery asked, int limit)
    {
        List<Guid> ids = [];
        Keyset? from = null;
        while (true)
        {
            var page = await source.ReadAsync(Sample.List, asked, from, limit, CancellationToken.None);
            ids.AddRange(page.Select(row => row.Item.Id));
            if (page.Count < limit)
                return ids;
            from = page[^1].Keyset;
        }
    }
}
