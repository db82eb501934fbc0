using System.Text.Json;
using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Workers.Markets.Venues.Wire;

namespace Platform.Workers.Markets.Venues.Binance;

/// <summary>Instant convert at Binance (convert endpoints, 2026-07).</summary>
internal sealed class BinanceConversion(VenueLink link, VenueTransport transport) : IVenueConversion
{
    public VenueId Venue => link.Venue;

    public Task<VenueAnswer<IReadOnlyList<ConversionTerms>>> TermsAsync(
        Asset? sold, Asset? bought, CancellationToken cancellationToken) => transport.SendAsync(
            VenueCall.Get("/sapi/v1/convert/exchangeInfo", ("fromAsset", sold?.Value), ("toAsset", bought?.Value))
                with { Weight = 3000, Limit = BinanceProtocol.WalletWeight },
            answer => answer.Each(TermsOf), cancellationToken);

    public Task<VenueAnswer<ConversionQuote>> QuoteAsync(
        Asset sold, Asset bought, Quantity amount, CancellationToken cancellationToken) => transport.SendAsync(
            Signed(VenueCall.Post(
                "/sapi/v1/convert/getQuote", ("fromAsset", sold.Value), ("toAsset", bought.Value),
                ("fromAmount", WireDecimal.Format(amount.Value)))),
            quote => QuoteOf(quote, sold, bought), cancellationToken);

    public Task<VenueAnswer<ConversionOutcome>> AcceptAsync(ConversionQuote quote, CancellationToken cancellationToken) =>
        transport.SendAsync(
            Signed(VenueCall.Post("/sapi/v1/convert/acceptQuote", ("quoteId", quote.QuoteId))), OutcomeOf, cancellationToken);

    public Task<VenueAnswer<ConversionOutcome>> QueryAsync(ConversionQuote quote, CancellationToken cancellationToken) =>
        transport.SendAsync(
            Signed(VenueCall.Get("/sapi/v1/convert/orderStatus", ("quoteId", quote.QuoteId))), OutcomeOf, cancellationToken);

    internal static ConversionTerms TermsOf(JsonElement pair) => new(
        pair.Text("fromAsset"), pair.Text("toAsset"), pair.Quantity("fromAssetMinAmount"), pair.Quantity("fromAssetMaxAmount"),
        pair.Quantity("toAssetMinAmount"), pair.Quantity("toAssetMaxAmount"));

    internal static ConversionQuote QuoteOf(JsonElement quote, Asset from, Asset to) => new(
        quote.Text("quoteId"), from, quote.Quantity("fromAmount"), to, quote.Quantity("toAmount"),
        quote.Milliseconds("validTimestamp"));

    /// <summary>The venue writes the number of a conversion in quotes or not.</summary>
    internal static ConversionOutcome OutcomeOf(JsonElement outcome) => new(
        outcome.GetProperty("orderId").ToString(),
        outcome.Text("orderStatus") switch
        {
            "PROCESS" or "ACCEPT_SUCCESS" => ConversionState.Processing,
            "SUCCESS" => ConversionState.Succeeded,
            "FAIL" or "EXPIRED" => ConversionState.Failed,
            var other => throw new JsonException($"No such state of a conversion: {other}."),
        },
        outcome.Milliseconds("createTime"));

    private static VenueCall Signed(VenueCall call) =>
        call with { Weight = 200, Limit = BinanceProtocol.WalletWeight, IsSigned = true };
}
