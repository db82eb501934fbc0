using System.Diagnostics;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Platform.Api.Lists;

/// <summary>
/// The SQL of one question to a list. Its words come from declarations alone; whatever a caller wrote is a parameter.
/// </summary>
/// <param name="table">With its schema.</param>
/// <param name="tenant">Null only where the table has none.</param>
public sealed class ListSql(ListDeclaration list, ListQuery asked, string table, string? tenant)
{
    /// <summary>
    /// The rows behind a place, as statements to be run one after another until there are enough: the rows without the
    /// value that is sorted by stand behind all others, and a range of an index is one or the other.
    /// </summary>
    public IEnumerable<NpgsqlCommand> Pages(Keyset? from, Func<int> limit)
    {
        var sort = list.Of(asked.Sort.Field);
        if (from is null || !sort.IsNullable)
            return [Page(from is null ? _ => "true" : Behind(from), limit)];

        return (from.Values[0], asked.Sort.IsDescending) switch
        {
            (null, false) => [Page(Missing(from), limit)],
            (null, true) => Two(Page(Missing(from), limit), () => Page(sql => $"{sort.Column} is not null", limit)),
            (_, false) => Two(Page(Behind(from), limit), () => Page(sql => $"{sort.Column} is null", limit)),
            (_, true) => [Page(Behind(from), limit)],
        };
    }

    public NpgsqlCommand Count() => With(sql => $"select count(*) {From(sql)}");

    /// <summary>The plan of the question as JSON, in which the planner says how many rows it expects.</summary>
    public NpgsqlCommand Plan() => With(sql => $"explain (format json) select 1 {From(sql)}");

    private NpgsqlCommand Page(Func<Parameters, string> place, Func<int> limit) => With(sql =>
    {
        var (keys, direction) = (list.KeysOf(asked.Sort).Select(Key).ToList(), asked.Sort.IsDescending ? " desc" : "");
        return $"""
            select data, {string.Join(", ", keys)} {From(sql)} and {place(sql)}
            order by {string.Join(", ", keys.Select(key => key + direction))} limit {sql.Add(limit(), NpgsqlDbType.Integer)}
            """;
    });

    private string From(Parameters sql)
    {
        StringBuilder text = new($"from {table} where ");
        text.Append(tenant is null ? "true" : $"tenant_id = {sql.Add(tenant, NpgsqlDbType.Text)}");
        foreach (var filter in asked.Filters)
            text.Append(" and ").Append(Condition(sql, list.Of(filter.Field), filter));
        if (asked.Search is { } search)
        {
            var wanted = sql.Add($"%{Escaped(search)}%", NpgsqlDbType.Text);
            text.Append(" and (").AppendJoin(" or ", list.Searched.Select(field => $"{field.Column} ilike {wanted}")).Append(')');
        }
        return text.ToString();
    }

    private Func<Parameters, string> Behind(Keyset from) => sql =>
    {
        var keys = list.KeysOf(asked.Sort);
        var values = keys.Zip(from.Values, (key, value) => sql.Add(value!, key.Kind.DbType));
        return $"({string.Join(", ", keys.Select(Key))}) {(asked.Sort.IsDescending ? '<' : '>')} ({string.Join(", ", values)})";
    };

    private Func<Parameters, string> Missing(Keyset from) => sql =>
    {
        var (sort, unique) = (list.Of(asked.Sort.Field), list.Of(list.Unique));
        return $"{sort.Column} is null and {unique.Column} {(asked.Sort.IsDescending ? '<' : '>')} {sql.Add(from.Values[1]!, unique.Kind.DbType)}";
    };

    // Texts in the order of their bytes, whatever the language of the database.
    private static string Key(ListField field) => field.Kind.DbType is NpgsqlDbType.Text ? $"""({field.Column}) collate "C" """ : field.Column!;

    private static string Condition(Parameters sql, ListField field, ListFilter filter)
    {
        var kind = field.Kind;
        string Value() => sql.Add(kind.ToColumn(filter.Values[0]), kind.DbType);
        return filter.Operator switch
        {
            ListOperator.Eq => $"{field.Column} = {Value()}",
            ListOperator.Ne => $"{field.Column} is distinct from {Value()}",
            ListOperator.Lt => $"{field.Column} < {Value()}",
            ListOperator.Le => $"{field.Column} <= {Value()}",
            ListOperator.Gt => $"{field.Column} > {Value()}",
            ListOperator.Ge => $"{field.Column} >= {Value()}",
            ListOperator.In => $"{field.Column} in ({string.Join(", ", filter.Values.Select(value => sql.Add(kind.ToColumn(value), kind.DbType)))})",
            ListOperator.Prefix => $"starts_with({field.Column}, {Value()})",
            ListOperator.Is => $"{field.Column} is {((bool)filter.Values[0] ? "" : "not ")}null",
            _ => throw new UnreachableException(),
        };
    }

    private static string Escaped(string search) => search
        .Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    // The second is made only when the first left room: its limit is what is left.
    private static IEnumerable<NpgsqlCommand> Two(NpgsqlCommand first, Func<NpgsqlCommand> second)
    {
        yield return first;
        yield return second();
    }

    private static NpgsqlCommand With(Func<Parameters, string> text)
    {
        NpgsqlCommand command = new();
        command.CommandText = text(new(command));
        return command;
    }

    private sealed class Parameters(NpgsqlCommand command)
    {
        public string Add(object value, NpgsqlDbType type)
        {
            command.Parameters.Add(new() { Value = value, NpgsqlDbType = type });
            return $"${command.Parameters.Count}";
        }
    }
}
