using System.Globalization;
using System.IO.Hashing;
using Platform.Domain.Markets;
using Platform.Domain.Values;

namespace Platform.Domain.Tests.Markets;

/// <summary>The venues' own examples of their checksums.</summary>
public sealed class BookChecksumTests
{
    // docs.kraken.com, "Book checksum (v2)": ten levels of BTC/USD.
    private const uint KrakenSum = 3_310_070_434;

    // okx.com/docs-v5, "Checksum": two levels of each side; there as a signed number, -1881014294.
    private const uint OkxSum = unchecked((uint)-1_881_014_294);

    private static readonly BookLevel[] KrakenAsks = Levels(
        "45285.2 0.00100000 45286.4 1.54571953 45286.6 1.54571109 45289.6 1.54560911 45290.2 0.15890660 "
        + "45291.8 1.54553491 45294.7 0.04454749 45296.1 0.35380000 45297.5 0.09945542 45299.5 0.18772827");

    private static readonly BookLevel[] KrakenBids = Levels(
        "45283.5 0.10000000 45283.4 1.54582015 45282.1 0.10000000 45281.0 0.10000000 45280.3 1.54592586 "
        + "45279.0 0.07990000 45277.6 0.03310103 45277.5 0.30000000 45277.3 1.54602737 45276.6 0.15445238");

    private static readonly BookLevel[] OkxBids = Levels("3366.1 7 3366 6");
    private static readonly BookLevel[] OkxAsks = Levels("3366.8 9 3368 8");

    [Fact]
    public void Book_that_is_right_by_its_venues_checksum_is_synced()
    {
        Assert.Equal(BookState.Synced, Kraken(new(0, KrakenBids, KrakenAsks, KrakenSum)).State);
        Assert.Equal(BookState.Synced, Okx(new(1, OkxBids, OkxAsks, OkxSum)).State);
    }

    [Fact]
    public void Bitfinex_sums_up_numbers_as_scripts_write_them_with_asks_below_zero() => Assert.Equal(
        "6000.5:1.25:6001:-2:5999:0.5:6002.1:-5e-7:0.000001:1.5e-8:6003:-1e-7",
        BookChecksum.Bitfinex.TextOf(Levels("6000.50 1.2500 5999 0.5 0.000001 0.000000015"), Levels("6001 2 6002.10 0.00000050 6003 0.0000001")));

    [Fact]
    public void Levels_beyond_those_that_are_summed_up_change_nothing() => Assert.Equal(
        BookState.Synced, Kraken(new(0, [.. KrakenBids, .. Levels("45000.0 1.00000000")], KrakenAsks, KrakenSum)).State);

    [Fact]
    public void Book_that_is_wrong_is_lost_at_once_and_says_why()
    {
        var book = Kraken(new(0, KrakenBids, KrakenAsks, KrakenSum));

        book.Apply(new DepthDifference(0, 0, Levels("45283.5 0.20000000"), [], Checksum: KrakenSum));

        Assert.Equal((BookState.Desynced, 0), (book.State, book.Top(10).Bids.Count));
        Assert.StartsWith("checksum: 3310070434 at the venue", book.DesyncReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Difference_without_a_checksum_is_believed()
    {
        var book = Okx(new(1, OkxBids, OkxAsks));

        book.Apply(new DepthDifference(2, 2, Levels("3366.1 70"), [], PreviousUpdateId: 1));

        Assert.Equal(BookState.Synced, book.State);
    }

    [Fact]
    public void One_side_goes_on_alone_where_the_other_ends()
    {
        Assert.Equal("3366.1:7:3366.8:9:3366:6", BookChecksum.Okx.TextOf(OkxBids, OkxAsks[..1]));
        Assert.Equal("3366.1:7:3366.8:9:3368:8", BookChecksum.Okx.TextOf(OkxBids[..1], OkxAsks));
    }

    private static LocalOrderBook Kraken(DepthSnapshot snapshot) => With(BookSequence.None, BookChecksum.Kraken, snapshot);

    private static LocalOrderBook Okx(DepthSnapshot snapshot) => With(BookSequence.Previous, BookChecksum.Okx, snapshot);

    private static LocalOrderBook With(BookSequence sequence, BookChecksum checksum, DepthSnapshot snapshot)
    {
        var book = new LocalOrderBook(new(sequence, checksum, Crc32.HashToUInt32));
        book.Apply(snapshot);
        return book;
    }

    private static BookLevel[] Levels(string text) =>
    [
        .. text.Split(' ').Chunk(2).Select(level => new BookLevel(Price.From(Exact(level[0])), Quantity.From(Exact(level[1])))),
    ];

    private static decimal Exact(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
