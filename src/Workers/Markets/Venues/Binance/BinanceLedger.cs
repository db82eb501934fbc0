using System.Globalization;
using System.Text.Json;
using Platform.Domain.Markets;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>Dividends, converted dust, instant converts, rebates and transfers between wallets (wallet endpoints, 2026-07).</summary>
internal sealed class BinanceLedger(VenueLink link, VenueTransport transport) : IVenueLedger
{
    private const string Transfers = "/sapi/v1/asset/transfer";

    // The venue answers for so long at once where it names no other span.
    private static readonly TimeSpan HistoryMax = TimeSpan.FromDays(30);

    // One question each; transfers are asked for by where they went.
    private static readonly IReadOnlyList<Source> Sources =
    [
        new("/sapi/v1/asset/assetDividend", 10, "500", BinanceLedgerAnswers.DividendsOf),
        new("/sapi/v1/asset/dribblet", 1, Page: null, BinanceLedgerAnswers.DustOf),
        new("/sapi/v1/convert/tradeFlow", 300, "1000", BinanceLedgerAnswers.ConversionsOf),
        new("/sapi/v1/rebate/taxQuery", 30, Page: null, BinanceLedgerAnswers.RebatesOf),
        new(Transfers, 1, Page: null, BinanceLedgerAnswers.TransfersOf, "MAIN_FUNDING"),
        new(Transfers, 1, Page: null, BinanceLedgerAnswers.TransfersOf, "FUNDING_MAIN"),
        new(Transfers, 1, Page: null, BinanceLedgerAnswers.TransfersOf, "MAIN_UMFUTURE"),
        new(Transfers, 1, Page: null, BinanceLedgerAnswers.TransfersOf, "UMFUTURE_MAIN"),
    ];

    public VenueId Venue => link.Venue;

    public async Task<VenueAnswer<IReadOnlyList<VenueMovement>>> MovementsAsync(
        DateTimeOffset since, CancellationToken cancellationToken)
    {
        var now = link.Time.GetUtcNow();
        var start = since > now - HistoryMax ? since : now - HistoryMax;
        var all = await VenueAnswers.AllAsync(Sources, source => transport.SendAsync(
            VenueCall.Get(
                source.Path, ("type", source.Type), ("startTime", Text(start)), ("endTime", Text(now)), ("limit", source.Page))
                with { Weight = source.Weight, Limit = BinanceProtocol.WalletWeight, IsSigned = true },
            new AnswerReader<IReadOnlyList<VenueMovement>>(source.Read), cancellationToken));
        return all.Map<IReadOnlyList<VenueMovement>>(movements => [.. movements.OrderBy(movement => movement.At)]);
    }

    private static string Text(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private sealed record Source(
        string Path, int Weight, string? Page, Func<JsonElement, IReadOnlyList<VenueMovement>> Read, string? Type = null);
}
