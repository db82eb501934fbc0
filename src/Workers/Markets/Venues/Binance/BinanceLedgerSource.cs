using System.Globalization;
using System.Text.Json;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>One question of the account's ledger.</summary>
/// <param name="Read">What moved; empty for rows of what did not come about.</param>
/// <param name="Parameters">Beside the times and the page.</param>
internal sealed record BinanceLedgerSource(
    string Path, int Weight, Func<JsonElement, IReadOnlyList<VenueMovement>> Read,
    params IReadOnlyList<(string Name, string? Value)> Parameters)
{
    /// <summary>Null: all comes at once.</summary>
    public BinancePaging? Paging { get; init; }

    /// <summary>The parameters that say from when and until when.</summary>
    public (string From, string To) Times { get; init; } = ("startTime", "endTime");

    /// <summary>The venue answers for so long at once.</summary>
    public TimeSpan HistoryMax { get; init; } = TimeSpan.FromDays(30);
}

/// <summary>How a route is read page by page, from 1 on.</summary>
/// <param name="Number">The parameter that names the page.</param>
/// <param name="Size">The parameter that says how many rows it has.</param>
/// <param name="Rows">The member of the answer that they are in.</param>
internal sealed record BinancePaging(string Number, string Size, string Rows)
{
    private const int SizeMax = 100;

    public static BinancePaging Wallet { get; } = new("current", "size", "rows");

    public static BinancePaging Fiat { get; } = new("page", "rows", "data");

    public IReadOnlyList<(string Name, string? Value)> Of(string? page) => [(Number, page ?? "1"), (Size, Text(SizeMax))];

    /// <summary>Null where the page is not full: there is none behind it.</summary>
    public string? Behind(string? page, JsonElement answer) =>
        BinanceLedgerAnswers.RowsOf(answer, Rows).Length >= SizeMax
            ? Text(int.Parse(page ?? "1", CultureInfo.InvariantCulture) + 1)
            : null;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
