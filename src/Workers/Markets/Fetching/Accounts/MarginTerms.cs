using Platform.Domain.Markets.Fetching;
using Platform.Workers.Markets.Fetching.Exchanges;
using Platform.Workers.Markets.Venues;

namespace Platform.Workers.Markets.Fetching.Accounts;

/// <summary>What borrowing costs at a venue, and how much of the followed assets the account could borrow; a change is a revision.</summary>
public sealed class MarginTerms(VenueSource source, IVenueMargin margin) : IFetcher
{
    private const string Loans = "loans";
    private const string Room = "room/";
    private const string Rates = "rates/";

    // As far back as venues answer at once.
    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(30);

    public FetcherTerms Terms { get; } = source.TermsOf(
        "account.margin-terms", "Interest and limits of borrowing on margin", TimeSpan.FromHours(1), kept: TimeSpan.FromDays(400), GapRule.None)
        with { NeedsKey = true };

    public ValueTask<IReadOnlyList<FetchCall>> PlanAsync(FetchStand stand, CancellationToken cancellationToken) => new(
    [
        VenueSource.Call(Loans, margin.LoanTermsAsync),
        .. source.Assets.Select(asset => VenueSource.Call($"{Room}{asset}", stop => margin.RoomAsync(asset, stop))),
        .. source.Assets.Select(asset =>
            VenueSource.Call($"{Rates}{asset}", stop => margin.InterestRatesAsync(asset, stand.Now - LookedBack, stop))),
    ]);

    public ParsedFacts Parse(RawAnswer raw) => ParsedFacts.Of(raw.About switch
    {
        Loans => VenueSource.Read<IReadOnlyList<LoanTerms>>(raw).Select(each => new Fact(
            $"{Loans}/{each.VenueSymbol ?? "cross"}/{each.Asset}", Fact.Standing, raw.At,
            new BorrowingTerms(each.VenueSymbol, each.Asset, each.CanBorrow, each.DailyInterest, each.BorrowMax.Value))),
        var about when about.StartsWith(Room, StringComparison.Ordinal) => VenueSource.Read<IReadOnlyList<BorrowingRoom>>(raw)
            .Select(each => new Fact(about, raw.At, raw.At, new MarginRoom(each.Asset, each.Borrowable.Value, each.Transferable.Value))),
        var about => VenueSource.Read<IReadOnlyList<InterestRate>>(raw)
            .Select(each => new Fact(about, each.At, raw.At, new BorrowingRate(each.Asset, each.Daily))),
    });
}
