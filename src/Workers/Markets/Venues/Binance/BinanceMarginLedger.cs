using System.Text.Json;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>What moved the accounts on margin: borrowed, paid back, accrued, moved in and out, sold by the venue.</summary>
internal static class BinanceMarginLedger
{
    private const string Wallet = "margin";
    private const string Isolated = "ISOLATED_MARGIN";
    private const string SpotWallet = "SPOT";
    private const string Loans = "/sapi/v1/margin/borrow-repay";

    // Whole milliseconds since 2001 have more digits.
    private const long SecondsMax = 99_999_999_999;

    // Without naming an asset.
    private static readonly TimeSpan LoansMax = TimeSpan.FromDays(7);

    /// <summary>The markets of the isolated accounts.</summary>
    public static IReadOnlyList<string> IsolatedIn(JsonElement accounts) => accounts.Each("assets", account => account.Text("symbol"));

    /// <summary>Of the cross account, and of each isolated one.</summary>
    public static IEnumerable<BinanceLedgerSource> SourcesOf(IEnumerable<string> isolated, BinanceMarginPairs pairs) =>
        from symbol in isolated.Prepend(null)
        let account = ("isolatedSymbol", symbol)
        from source in (BinanceLedgerSource[])
        [
            new(Loans, 10, answer => LoansOf(answer, VenueMovementKind.Borrowing), account, ("type", "BORROW")) { HistoryMax = LoansMax },
            new(Loans, 10, answer => LoansOf(answer, VenueMovementKind.Repayment), account, ("type", "REPAY")) { HistoryMax = LoansMax },
            new("/sapi/v1/margin/interestHistory", 1, InterestOf, account),
            new("/sapi/v1/margin/transfer", 1, TransfersOf, account),
            new("/sapi/v1/margin/forceLiquidationRec", 1, answer => LiquidationsOf(answer, pairs), account),
        ]
        select source with { Paging = BinancePaging.Wallet };

    /// <summary>Those that came about; what is paid back holds its interest.</summary>
    public static IReadOnlyList<VenueMovement> LoansOf(JsonElement answer, VenueMovementKind kind) =>
    [
        .. from row in answer.GetProperty("rows").EnumerateArray()
           where row.Is("status", "CONFIRMED")
           let amount = row.Decimal("amount")
           select new VenueMovement(
               BinanceLedgerAnswers.NumberOf(row, "txId"), kind, row.Text("asset"),
               kind is VenueMovementKind.Borrowing ? amount : -amount, row.Milliseconds("timestamp"),
               Wallet: WalletOf(row.TextOrNone("isolatedSymbol"))),
    ];

    public static IReadOnlyList<VenueMovement> InterestOf(JsonElement answer) => answer.Each("rows", row => new VenueMovement(
        BinanceLedgerAnswers.NumberOf(row, "txId"), VenueMovementKind.Interest, row.Text("asset"), -row.Decimal("interest"),
        row.Milliseconds("interestAccuredTime"), row.TextOrNone("type"), WalletOf(row.TextOrNone("isolatedSymbol"))));

    /// <summary>Out of one wallet and into another. Older rows do not say which: they are of spot and the cross account.</summary>
    public static IReadOnlyList<VenueMovement> TransfersOf(JsonElement answer) =>
    [
        .. from row in answer.GetProperty("rows").EnumerateArray()
           where row.Is("status", "CONFIRMED")
           let isIn = row.Is("type", "ROLL_IN")
           let amount = row.Decimal("amount")
           from leg in ((decimal Change, string? Wallet)[])
           [
               (-amount, WalletOf(row, "transFrom", "fromSymbol", isMargin: !isIn)),
               (amount, WalletOf(row, "transTo", "toSymbol", isMargin: isIn)),
           ]
           select new VenueMovement(
               BinanceLedgerAnswers.NumberOf(row, "txId"), VenueMovementKind.Transfer, row.Text("asset"), leg.Change, AtOf(row),
               Wallet: leg.Wallet),
    ];

    public static IReadOnlyList<VenueMovement> LiquidationsOf(JsonElement answer, BinanceMarginPairs pairs) =>
    [
        .. from row in answer.GetProperty("rows").EnumerateArray()
           let symbol = row.Text("symbol")
           let pair = pairs.Of(symbol)
           let bought = row.Is("side", "BUY") ? row.Decimal("executedQty") : -row.Decimal("executedQty")
           from leg in ((string Asset, decimal Change)[])[(pair.Base, bought), (pair.Quote, -bought * row.Decimal("avgPrice"))]
           where leg.Change != 0
           select new VenueMovement(
               BinanceLedgerAnswers.NumberOf(row, "orderId"), VenueMovementKind.Liquidation, leg.Asset, leg.Change,
               row.Milliseconds("updatedTime"), Wallet: WalletOf(row.GetProperty("isIsolated").GetBoolean() ? symbol : null)),
    ];

    private static string WalletOf(string? isolated) => isolated is null ? Wallet : $"{Wallet}/{isolated}";

    // Null: the wallet that orders use.
    private static string? WalletOf(JsonElement row, string where, string symbol, bool isMargin) => row.TextOrNone(where) switch
    {
        null => isMargin ? Wallet : null,
        SpotWallet => null,
        Isolated => $"{Wallet}/{row.TextOrNone(symbol) ?? "isolated"}",
        "CROSS_MARGIN" or "MARGIN" => Wallet,
        var other => other.ToLowerInvariant(),
    };

    // The documentation shows seconds, where all else is in milliseconds.
    private static DateTimeOffset AtOf(JsonElement row) => row.Whole("timestamp") is var at and <= SecondsMax
        ? DateTimeOffset.FromUnixTimeSeconds(at)
        : row.Milliseconds("timestamp");
}
