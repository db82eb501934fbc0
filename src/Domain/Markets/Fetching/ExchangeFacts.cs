using Platform.Domain.Values;

namespace Platform.Domain.Markets.Fetching;

/// <summary>An instrument as its venue lists it; a change of rules is a revision, effective when it was published.</summary>
public sealed record InstrumentTerms(Instrument Instrument) : FactContent;

/// <summary>A venue's own summary of the last 24 hours.</summary>
public sealed record DayFigures(DaySummary Day) : FactContent;

/// <summary>The best bid and ask; a price is null while nobody stands on its side.</summary>
public sealed record TopOfBook(Price? Bid, Quantity BidQuantity, Price? Ask, Quantity AskQuantity) : FactContent;

/// <summary>The best levels of both sides, best first.</summary>
/// <param name="LastUpdateId">As the venue counts; zero where it counts nothing.</param>
public sealed record DepthLevels(long LastUpdateId, IReadOnlyList<BookLevel> Bids, IReadOnlyList<BookLevel> Asks) : FactContent;

/// <summary>One public trade.</summary>
public sealed record TradePrint(Price Price, Quantity Quantity, TakerSide TakerSide) : FactContent;

/// <summary>What traded in one interval; its value date is the start. While the interval runs, each answer is a revision.</summary>
public sealed record VenueBar(CandleInterval Interval, Price Open, Price High, Price Low, Price Close, Quantity Volume) : FactContent;

/// <summary>What longs pay shorts at the value date, as a fraction of the position; below zero, shorts pay.</summary>
/// <param name="MarkPrice">Null where the venue does not say.</param>
public sealed record FundingRate(decimal Rate, decimal? MarkPrice) : FactContent;

/// <summary>Contracts that are open, in the venue's own unit of the contract.</summary>
public sealed record OpenInterest(decimal Contracts) : FactContent;

/// <param name="Mark">Null where the venue tells its index alone.</param>
/// <param name="Index">What the perpetual is held to; in quote units, as the mark. Null where the venue does not say.</param>
/// <param name="EstimatedFunding">The rate of the running interval, if it ended now; null where there is none.</param>
public sealed record MarkPrice(decimal? Mark, decimal? Index, decimal? EstimatedFunding, DateTimeOffset? NextFundingAt) : FactContent;

/// <param name="Message">The venue's own words; null when it has none.</param>
public sealed record VenueCondition(VenueState State, string? Message) : FactContent;
