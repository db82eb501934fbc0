using Marten;
using Platform.Api.Lists;
using Platform.Domain.Trading;
using Platform.Tests.Support;
using Weasel.Core;

namespace Platform.Api.Tests.Lists;

/// <summary>A document with a field of every kind, some of them missing.</summary>
public sealed record Sample(
    Guid Id, string? Name, decimal? Amount, long Number, bool IsGood, DateTimeOffset? At, Side Side)
{
    public static ListOf<Sample> List { get; } = new("samples", "id", "id",
    [
        Field<Sample>.Uuid("id", sample => sample.Id, "id") with { IsSortable = true },
        Field<Sample>.Text("name", sample => sample.Name, "(data ->> 'name')") with { IsNullable = true, IsSortable = true, IsSearched = true },
        Field<Sample>.Exact("amount", sample => sample.Amount, "CAST(data ->> 'amount' as numeric)") with { IsNullable = true, IsSortable = true },
        Field<Sample>.Whole("number", sample => sample.Number, "CAST(data ->> 'number' as bigint)") with { IsSortable = true },
        Field<Sample>.Boolean("isGood", sample => sample.IsGood, "CAST(data ->> 'isGood' as boolean)") with { IsSortable = true },
        Field<Sample>.Time("at", sample => sample.At, "platform.mt_immutable_timestamptz(data ->> 'at')") with { IsNullable = true, IsSortable = true },
        Field<Sample>.Word<Side>("side", sample => sample.Side, "(data ->> 'side')"),
    ]);
}

/// <summary>A few hundred samples of two tenants in a database of their own.</summary>
public sealed class ListSamples : IAsyncLifetime
{
    public const string Tenant = "ours";

    private static readonly string?[] Names =
        [null, "", "a", "A", "b", "ab", "aB_c", "a%", "%", "_", @"\", "'", "' or 1=1 --", "é", "z", "Z", "😀", "\u202Eabc", "10", "9"];

    private static readonly decimal?[] Amounts = [null, 0, -1, 1, 0.000000000000000001m, 12.50m, 12.5m, 9999999999999999999999999999m];

    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset?[] Times =
        [null, Noon, Noon.AddMicroseconds(1), Noon.AddDays(-400), Noon.AddMilliseconds(10), Noon.AddTicks(10)];

    private string connection = "";

    public DocumentStore Store { get; private set; } = null!;

    /// <summary>Those of <see cref="Tenant"/>.</summary>
    public IReadOnlyList<Sample> Ours { get; } = [.. Enumerable.Range(0, 300).Select(Of)];

    public static Sample Of(int number) => new(
        Guid.CreateVersion7(Noon.AddSeconds(number * 7919 % 300)), Names[number % Names.Length], Amounts[number % 7 % Amounts.Length],
        number % 11, number % 3 == 0, Times[number % 13 % Times.Length], number % 2 == 0 ? Side.Buy : Side.Sell);

    public async ValueTask InitializeAsync()
    {
        connection = await TestDatabase.CreateAsync("lists");
        Store = DocumentStore.For(options =>
        {
            options.Connection(connection);
            options.DatabaseSchemaName = "platform";
            options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
            options.Policies.AllDocumentsAreMultiTenanted();
            options.Schema.For<Sample>();
        });
        await Store.BulkInsertDocumentsAsync(Tenant, Ours);
        await Store.BulkInsertDocumentsAsync("theirs", Enumerable.Range(300, 50).Select(Of).ToList());
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await TestDatabase.DropAsync(connection);
    }
}
