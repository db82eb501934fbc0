using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Markets;
using Platform.Domain.Markets.Registry;
using Platform.Tests.Support;
using Platform.Workers.Markets;
using Platform.Workers.Markets.Registry;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Tests.Markets.Venues;

namespace Platform.Workers.Tests.Markets.Registry;

/// <summary>A venue whose data people stopped hears nothing more of us, whoever asks and by whichever connector.</summary>
public sealed class StoppedDataTests
{
    private static readonly DateTimeOffset From = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Nothing_is_asked_of_a_stopped_venue_and_everything_again_of_a_revived_one() => WireFormats.EachAsync(async format =>
    {
        await using var venue = await WireVenue.StartAsync(format);
        using var host = WireHost.For(format, venue);
        var instrument = await WireHost.InstrumentAsync(host, Cancel);
        var calls = venue.Calls.Count;

        MarketsHost.Know(host, Data("wire"));
        var answers = await AskAllAsync(WireHost.Parts(host), instrument);

        Assert.All(answers, answer => Assert.Equal((VenueKill.Code, "Not sent: data of wire is stopped: A test."), answer));
        Assert.Equal(calls, venue.Calls.Count);

        MarketsHost.Know(host);
        Assert.IsType<VenueAnswer<DepthSnapshot>.Answered>(await WireHost.Parts(host).MarketData.DepthAsync(instrument, 100, Cancel));
    });

    [Fact]
    public async Task Question_that_waits_for_its_answer_is_broken_off()
    {
        var (arrived, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var venue = await LoopbackVenue.StartAsync(async context =>
        {
            using var leaving = context.RequestAborted.Register(left.SetResult);
            arrived.SetResult();
            await left.Task;
        });
        using var host = MarketsHost.For(venue.Address, callTimeout: "00:01:00");

        var asking = MarketsHost.MarketData(host).DepthAsync(MarketsHost.Listed("BTC-USDT", "BTCUSDT"), 100, Cancel);
        await arrived.Task.WaitAsync(Patience, Cancel);
        MarketsHost.Know(host, Data("paper"));

        Assert.Equal(VenueKill.Code, Assert.IsType<VenueAnswer<DepthSnapshot>.Refused>(await asking.WaitAsync(Patience, Cancel)).Code);
        await left.Task.WaitAsync(Patience, Cancel);
    }

    [Fact]
    public async Task Node_that_starts_while_data_is_stopped_knows_the_markets_and_says_why_there_is_no_book()
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, HealingHost.Instruments);
        using var host = MarketsHost.For(venue.Address, settings: ("Platform:Venue:Watch:0", "BTC-USDT"));
        var (catalog, board) = (host.Services.GetRequiredService<MarketCatalog>(), host.Services.GetRequiredService<MarketBoard>());
        MarketsHost.Know(host, Data("paper"));

        await host.StartAsync(Cancel);
        await Eventually.IsTrueAsync(
            "the book says why", Patience,
            _ => Task.FromResult(board.Book(WireHost.Market, levels: 1)?.Book is { State: BookState.Desynced, Reason: "killed: A test." }), Cancel);

        // Orders and cancels are written by what it lists, so that was asked, once.
        Assert.False(await catalog.RefreshAsync(Cancel));
        Assert.Equal(["/api/v3/exchangeInfo"], venue.Calls.Select(call => call.Target));
        Assert.Equal("A test.", Assert.Single(host.Services.GetRequiredService<MarketVenues>().Of(WireHost.Market, levels: 1)).KilledBecause);

        MarketsHost.Know(host);
        await Eventually.IsTrueAsync("it is asked for its day", Patience, _ => Task.FromResult(venue.CallsTo("/api/v3/ticker/24hr") > 0), Cancel);
        await host.StopAsync(Cancel);
    }

    private static Killable Data(string venue) => new(VenueId.From(venue), VenueActivity.Data);

    private static async Task<IReadOnlyList<(string Code, string Message)>> AskAllAsync(VenueParts parts, Instrument instrument)
    {
        var data = parts.MarketData;
        List<(string, string)> answers =
        [
            Refusal(await data.InstrumentsAsync(Cancel)),
            Refusal(await data.DaysAsync([instrument], Cancel)),
            Refusal(await data.DepthAsync(instrument, 100, Cancel)),
            Refusal(await data.TradesAsync(instrument, since: null, 10, Cancel)),
            Refusal(await data.TradesAsync(instrument, new TradeMark(1, From), 10, Cancel)),
            Refusal(await data.CandlesAsync(instrument, CandleInterval.OneMinute, From, 10, Cancel)),
            Refusal(await data.StatusAsync(Cancel)),
        ];
        if (parts.Derivatives is { } derivatives)
            answers.AddRange(
                [Refusal(await derivatives.DerivativeAsync(instrument, Cancel)), Refusal(await derivatives.FundingsAsync(instrument, from: null, Cancel))]);
        return answers;
    }

    private static (string Code, string Message) Refusal<T>(VenueAnswer<T> answer) =>
        answer is VenueAnswer<T>.Refused refused ? (refused.Code, refused.Message) : (answer.ToString(), string.Empty);
}
