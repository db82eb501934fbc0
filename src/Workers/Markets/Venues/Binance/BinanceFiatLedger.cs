using System.Text.Json;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>What came from banks and went to them, and what was bought with money: by card, by balance, from persons.</summary>
internal static class BinanceFiatLedger
{
    private const string Orders = "/sapi/v1/fiat/orders";
    private const string Payments = "/sapi/v1/fiat/payments";
    private const string Persons = "/sapi/v1/c2c/orderMatch/listUserOrderHistory";
    private const string FundingWallet = "funding";
    private const string PersonsWallet = "c2c";

    // Paid with money that is in the account; all other ways bring it from outside.
    private const string Balance = "Cash Balance";

    private static readonly (string, string) FiatTimes = ("beginTime", "endTime");
    private static readonly (string, string) PersonsTimes = ("startTimestamp", "endTimestamp");

    // Which way it went is asked, and not told again.
    public static IReadOnlyList<BinanceLedgerSource> Sources { get; } =
    [
        new(Orders, 1, answer => OrdersOf(answer, VenueMovementKind.Deposit), ("transactionType", "0")) { Paging = BinancePaging.Fiat, Times = FiatTimes },
        new(Orders, 1, answer => OrdersOf(answer, VenueMovementKind.Withdrawal), ("transactionType", "1")) { Paging = BinancePaging.Fiat, Times = FiatTimes },
        new(Payments, 1, answer => PaymentsOf(answer, isBuy: true), ("transactionType", "0")) { Paging = BinancePaging.Fiat, Times = FiatTimes },
        new(Payments, 1, answer => PaymentsOf(answer, isBuy: false), ("transactionType", "1")) { Paging = BinancePaging.Fiat, Times = FiatTimes },
        new(Persons, 1, PersonsOf, ("tradeType", "BUY")) { Paging = BinancePaging.Fiat, Times = PersonsTimes },
        new(Persons, 1, PersonsOf, ("tradeType", "SELL")) { Paging = BinancePaging.Fiat, Times = PersonsTimes },
    ];

    /// <summary>Those that came about; the fee is beside what arrives, and within what was told to leave.</summary>
    public static IReadOnlyList<VenueMovement> OrdersOf(JsonElement answer, VenueMovementKind kind) =>
    [
        .. from row in BinanceLedgerAnswers.RowsOf(answer, "data")
           where row.Is("status", "Successful")
           select new VenueMovement(
               row.Text("orderNo"), kind, row.Text("fiatCurrency"),
               kind is VenueMovementKind.Deposit ? row.Decimal("amount") : -row.Decimal("indicatedAmount"), row.Milliseconds("updateTime"),
               row.TextOrNone("method")),
    ];

    public static IReadOnlyList<VenueMovement> PaymentsOf(JsonElement answer, bool isBuy) =>
    [
        .. from row in BinanceLedgerAnswers.RowsOf(answer, "data")
           where row.Is("status", "Completed")
           let way = row.TextOrNone("paymentMethod")
           from movement in Exchange(
               row.Text("orderNo"), row.Milliseconds("updateTime"), isBuy, (row.Text("cryptoCurrency"), row.Decimal("obtainAmount"), null),
               (row.Text("fiatCurrency"), row.Decimal("sourceAmount"), way is Balance ? null : way))
           select movement,
    ];

    /// <summary>Money goes from person to person, and the coins out of the funding wallet or into it.</summary>
    public static IReadOnlyList<VenueMovement> PersonsOf(JsonElement answer) =>
    [
        .. from row in BinanceLedgerAnswers.RowsOf(answer, "data")
           where row.Is("orderStatus", "COMPLETED")
           from movement in Exchange(
               row.Text("orderNumber"), row.Milliseconds("createTime"), row.Is("tradeType", "BUY"),
               (row.Text("asset"), row.Decimal("amount"), FundingWallet), (row.Text("fiat"), row.Decimal("totalPrice"), PersonsWallet))
           select movement,
    ];

    private static VenueMovement[] Exchange(
        string id, DateTimeOffset at, bool isBuy, (string Asset, decimal Amount, string? Wallet) coins,
        (string Asset, decimal Amount, string? Wallet) money) =>
    [
        new(id, VenueMovementKind.Conversion, coins.Asset, isBuy ? coins.Amount : -coins.Amount, at, Wallet: coins.Wallet),
        new(id, VenueMovementKind.Conversion, money.Asset, isBuy ? -money.Amount : money.Amount, at, Wallet: money.Wallet),
    ];
}
