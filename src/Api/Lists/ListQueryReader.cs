using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Domain.Values;

namespace Platform.Api.Lists;

/// <summary>
/// Reads the query language of all lists: what is unknown, given twice or out of range is refused with what would do.
/// </summary>
internal static class ListQueryReader
{
    private const string FilterPrefix = "filter.";
    public const int SearchMax = 256;
    private const int FiltersMax = 20;
    private const int ValuesMax = 50;

    // A stranger's word is repeated to them only as far as a name could be that long.
    private const int QuotedMax = 40;

    public static ListQuery Read(ListDeclaration list, HttpContext context)
    {
        var isExport = ExcelFile.IsWantedBy(context.Request);
        var said = Parameters(list, context.Request.QueryString.Value, isExport);
        return new(
            LimitOf(said.GetValueOrDefault("limit")),
            said.GetValueOrDefault("cursor")?[0],
            SearchOf(list, said.GetValueOrDefault("search")),
            SortOf(list, said.GetValueOrDefault("sort")?[0] ?? list.DefaultSort),
            FiltersOf(list, said),
            said.GetValueOrDefault("fields") is [var fields] ? MembersOf(list, fields) : null,
            CountOf(said.GetValueOrDefault("count")?[0] ?? "none"),
            AfterOf(said.GetValueOrDefault("after")?[0]),
            isExport,
            $"{Caller.Of(context)} {context.Request.Path}{OwnOf(list, said)}");
    }

    /// <summary>What a caller may say; an export has no pages.</summary>
    public static IEnumerable<string> ParametersOf(ListDeclaration list, bool isExport) =>
    [
        .. isExport ? (string[])[] : ["limit", "cursor", "count"],
        .. list.Searched.Any() ? (string[])["search"] : [], "sort", "fields",
        .. list.HasSequence ? (string[])["after"] : [],
        .. list.Filterable.Select(field => FilterPrefix + field.Name),
    ];

    // The framework's own reader takes "Limit" for "limit", and the last of two for both.
    private static Dictionary<string, List<string>> Parameters(ListDeclaration list, string? query, bool isExport)
    {
        var known = ParametersOf(list, isExport).Concat(list.Own).ToHashSet(StringComparer.Ordinal);
        Dictionary<string, List<string>> said = new(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var (name, value) = (pair.DecodeName().ToString(), pair.DecodeValue().ToString());
            if (!known.Contains(name))
                throw Unknown(list, name, known);
            if (!said.TryGetValue(name, out var values))
            {
                values = [];
                said.Add(name, values);
            }
            if (values.Count > 0 && !name.StartsWith(FilterPrefix, StringComparison.Ordinal))
                throw Refused("duplicate_parameter", $"{name} is given twice.", name);
            values.Add(value);
        }
        return said;
    }

    // A cursor holds for the same question only, and these are part of it.
    private static string OwnOf(ListDeclaration list, Dictionary<string, List<string>> said) => string.Concat(
        list.Own.Where(said.ContainsKey).Select(name => $" {name}={Uri.EscapeDataString(said[name][0])}"));

    private static BodyException Unknown(ListDeclaration list, string name, IEnumerable<string> known) =>
        name.StartsWith(FilterPrefix, StringComparison.Ordinal)
            ? Refused(
                "unknown_field", $"There is no field {Quoted(name[FilterPrefix.Length..])} to filter by. There are: {Names(list.Filterable)}.", Cut(name))
            : Refused("unknown_parameter", $"There is no parameter {Quoted(name)}. There are: {string.Join(", ", known)}.", Cut(name));

    private static int LimitOf(List<string>? said) => said switch
    {
        null => ListDeclaration.LimitDefault,
        [var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= ListDeclaration.LimitMin and <= ListDeclaration.LimitMax => limit,
        _ => throw Refused(
            "invalid_limit", $"A limit is a whole number from {ListDeclaration.LimitMin} to {ListDeclaration.LimitMax}.", "limit"),
    };

    private static string? SearchOf(ListDeclaration list, List<string>? said)
    {
        if (said is not [var text])
            return null;

        var length = text.EnumerateRunes().Count();
        return length is > 0 and <= SearchMax && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : throw Refused(
                "invalid_search", $"A search is 1 to {SearchMax} characters, and looks into {Names(list.Searched)}.", "search");
    }

    private static ListSort SortOf(ListDeclaration list, string text)
    {
        var (name, isDescending) = text is ['-', .. var rest] ? (rest, true) : (text, false);
        return list.Sortable.Any(field => string.Equals(field.Name, name, StringComparison.Ordinal))
            ? new(name, isDescending)
            : throw Refused(
                "unknown_field", $"There is no sorting by {Quoted(name)}. There is, each also with a minus in front: {Names(list.Sortable)}.", "sort");
    }

    private static IReadOnlyList<ListFilter> FiltersOf(ListDeclaration list, Dictionary<string, List<string>> said)
    {
        IReadOnlyList<ListFilter> filters =
        [
            .. from each in said
               where each.Key.StartsWith(FilterPrefix, StringComparison.Ordinal)
               from text in each.Value
               select FilterOf(list.Of(each.Key[FilterPrefix.Length..]), text, each.Key),
        ];
        return filters.Count <= FiltersMax ? filters : throw Refused("invalid_filter", $"There are at most {FiltersMax} filters.", field: null);
    }

    private static ListFilter FilterOf(ListField field, string text, string parameter)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var allowed = ListDeclaration.OperatorsOf(field);
        if (colon < 0 || !WordConverter.TryParse<ListOperator>(text[..colon], out var how) || !allowed.Contains(how))
            throw Refused(
                "unknown_operator",
                $"A filter by {field.Name} is operator:value, the operator one of {string.Join(", ", allowed.Select(WordConverter.WordOf))}.", parameter);

        var value = text[(colon + 1)..];
        string[] values = how is ListOperator.In ? value.Split(',') : [value];
        if (values.Length > ValuesMax)
            throw Refused("invalid_filter", $"in: takes at most {ValuesMax} values.", parameter);
        return new(field.Name, how, [.. values.Select(each => ValueOf(field, how, each, parameter))]);
    }

    private static object ValueOf(ListField field, ListOperator how, string text, string parameter) => how is ListOperator.Is
        ? text switch
        {
            "null" => true,
            "set" => false,
            _ => throw Refused("invalid_filter", $"{field.Name} is:null or is:set.", parameter),
        }
        : field.Kind.Parse(text) ?? throw Refused("invalid_filter", $"A value of {field.Name} is {field.Kind.Wanted}.", parameter);

    private static IReadOnlyList<string> MembersOf(ListDeclaration list, string text)
    {
        var (asked, known) = (text.Split(','), list.Members.ToHashSet(StringComparer.Ordinal));
        return Array.Find(asked, name => !known.Contains(name)) is { } unknown
            ? throw Refused("unknown_field", $"An item has no member {Quoted(unknown)}. It has: {string.Join(", ", known)}.", "fields")
            : [.. asked.Distinct(StringComparer.Ordinal)];
    }

    private static ListCount CountOf(string text) => WordConverter.TryParse<ListCount>(text, out var count)
        ? count
        : throw Refused("invalid_count", "A count is none, approximate or exact.", "count");

    private static long? AfterOf(string? text)
    {
        if (text is null)
            return null;

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : throw Refused("invalid_after", "after is the sequence that a command answered.", "after");
    }

    private static string Names(IEnumerable<ListField> fields) => string.Join(", ", fields.Select(field => field.Name));

    private static string Quoted(string name) => name.Length is > 0 and <= QuotedMax ? $"'{name}'" : "of that name";

    private static string Cut(string name) => name.Length <= QuotedMax ? name : name[..QuotedMax];

    private static BodyException Refused(string code, string detail, string? field) => new(new Refusal(code, detail, field));
}
