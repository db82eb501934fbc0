namespace Platform.PaperVenue.Tests.Protocol;

public sealed class SpoilAnswers
{
    [Fact]
    public async Task Order_answered_by_an_error_is_in_the_book_all_the_same()
    {
        await using var venue = await StartAsync("error-after-accept=1");

        var answer = await venue.Client.PlaceAsync(VenueClient.Limit("BUY", "0.001", "30000", "spoiled"));

        Assert.Equal((504, -1007), (answer.Status, answer.Code));
        await AssertPlacedAsync(venue);
    }

    [Fact]
    public async Task Order_never_answered_is_in_the_book_all_the_same()
    {
        await using var venue = await StartAsync("drop-ack=1");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        var placing = venue.Client.PlaceAsync(VenueClient.Limit("BUY", "0.001", "30000", "spoiled"));
        while ((await venue.Client.SignedAsync(HttpMethod.Get, "openOrders", [])).Body.GetArrayLength() == 0)
            patience.Token.ThrowIfCancellationRequested();

        await AssertPlacedAsync(venue);
        Assert.False(placing.IsCompleted);
    }

    [Fact]
    public void Shares_are_kept_by_seed()
    {
        var faults = PaperVenue.Protocol.Faults.Parse("delay-ack=0.1,drop-ack=0.2,error-after-accept=0.3,seed=4");

        var drawn = Enumerable.Range(0, 10_000).Select(_ => faults.Draw()).CountBy(fault => fault).ToDictionary();

        Assert.InRange(drawn[PaperVenue.Protocol.Fault.DelayAck], 900, 1_100);
        Assert.InRange(drawn[PaperVenue.Protocol.Fault.DropAck], 1_850, 2_150);
        Assert.InRange(drawn[PaperVenue.Protocol.Fault.ErrorAfterAccept], 2_800, 3_200);
    }

    [Theory]
    [InlineData("delay-ack=2")]
    [InlineData("be-bad=0.1")]
    [InlineData("drop-ack")]
    public void What_is_no_fault_is_refused(string text) =>
        Assert.Throws<FormatException>(() => PaperVenue.Protocol.Faults.Parse(text));

    private static Task<RunningVenue> StartAsync(string faults) => RunningVenue.StartAsync(VenueOptions.Usual with
    {
        Folder = RunningVenue.NewFolder(), Faults = PaperVenue.Protocol.Faults.Parse(faults),
    });

    private static async Task AssertPlacedAsync(RunningVenue venue)
    {
        var found = await venue.Client.SignedAsync(
            HttpMethod.Get, "order", new() { ["symbol"] = "BTCUSDT", ["origClientOrderId"] = "spoiled" });
        Assert.Equal("NEW", found.Text("status"));
    }
}
