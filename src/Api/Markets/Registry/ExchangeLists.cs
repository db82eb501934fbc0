using Marten;
using Platform.Api.Lists;
using Platform.Domain.Markets.Registry;
using Platform.Projections;

namespace Platform.Api.Markets.Registry;

/// <summary>What can be asked of the lists of exchanges and countries.</summary>
public static class ExchangeLists
{
    public static ListOf<ExchangeResponse> Exchanges { get; } = new("exchanges", "exchangeId", "name",
    [
        Field<ExchangeResponse>.Text("exchangeId", exchange => exchange.ExchangeId.Value) with { IsSearched = true },
        Field<ExchangeResponse>.Text("name", exchange => exchange.Name) with { IsSortable = true, IsSearched = true },
        Field<ExchangeResponse>.Boolean("isHome", exchange => exchange.IsHome),
        Field<ExchangeResponse>.Word<ExchangeStatus>("status", exchange => exchange.Status) with { IsSortable = true },
        Field<ExchangeResponse>.Nested("killed", exchange => string.Join(", ", exchange.Killed)),
        Field<ExchangeResponse>.Nested("countries", exchange => string.Join(", ", exchange.Countries)),
        Field<ExchangeResponse>.Exact("makerFee", exchange => exchange.MakerFee) with { IsSortable = true },
        Field<ExchangeResponse>.Exact("takerFee", exchange => exchange.TakerFee) with { IsSortable = true },
        Field<ExchangeResponse>.Whole("yes", exchange => exchange.Yes) with { IsSortable = true },
        Field<ExchangeResponse>.Whole("no", exchange => exchange.No),
        Field<ExchangeResponse>.Whole("unknown", exchange => exchange.Unknown) with { IsSortable = true },
        Field<ExchangeResponse>.Whole("chains", exchange => exchange.Chains) with { IsSortable = true },
    ]);

    public static ListOf<ListedMarketResponse> Markets { get; } = new("exchange-markets", "market", "market",
    [
        Field<ListedMarketResponse>.Text("market", market => market.Market.Value, "(data ->> 'market')") with { IsSortable = true, IsSearched = true },
        Field<ListedMarketResponse>.Boolean("isListed", market => market.IsListed, "CAST(data ->> 'isListed' as boolean)"),
        Field<ListedMarketResponse>.Exact("tickSize", market => market.TickSize) with { IsNullable = true },
        Field<ListedMarketResponse>.Exact("lotSize", market => market.LotSize) with { IsNullable = true },
        Field<ListedMarketResponse>.Exact("minQuantity", market => market.MinQuantity) with { IsNullable = true },
        Field<ListedMarketResponse>.Exact("minNotional", market => market.MinNotional) with { IsNullable = true },
        Field<ListedMarketResponse>.Time("effectiveFrom", market => market.EffectiveFrom) with { IsNullable = true },
        Field<ListedMarketResponse>.Text("source", market => market.Source) with { IsNullable = true },
        Field<ListedMarketResponse>.Time("endsAt", market => market.EndsAt) with { IsNullable = true },
    ]);

    /// <summary>What one exchange lists, with the rules of an instant.</summary>
    /// <param name="venue">One that the registry knows: its name becomes a part of the question.</param>
    public static IListSource<ListedMarketResponse> MarketsOf(Venue venue, DateTimeOffset at, IDocumentStore store) =>
        new DocumentSource<ListedInstrument, ListedMarketResponse>(
            store,
            $"(select data from {PlatformStore.Schema}.mt_doc_listedinstrument where data ->> 'venue' = '{venue.Id}') as listed",
            tenant: null, instrument => ListedMarketResponse.Of(instrument, at));

    public static ListOf<Country> Countries { get; } = new("countries", "alpha2", "name",
    [
        Field<Country>.Text("alpha2", country => country.Alpha2) with { IsSortable = true, IsSearched = true },
        Field<Country>.Text("alpha3", country => country.Alpha3) with { IsSortable = true, IsSearched = true },
        Field<Country>.Text("numeric", country => country.Numeric) with { IsSortable = true },
        Field<Country>.Text("name", country => country.Name) with { IsSortable = true, IsSearched = true },
        Field<Country>.Text("region.code", country => country.Region?.Code) with { IsNullable = true },
        Field<Country>.Text("subregion.code", country => country.Subregion?.Code) with { IsNullable = true },
        Field<Country>.Text("callingCode", country => country.CallingCode) with { IsNullable = true },
        Field<Country>.Nested("currencies", country => string.Join(", ", country.Currencies)),
    ]);
}
