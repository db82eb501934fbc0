namespace Platform.PaperVenue.Tests.Protocol;

public sealed class LimitWeight
{
    [Fact]
    public async Task Weight_is_told_and_beyond_the_limit_refused()
    {
        await using var venue = await RunningVenue.StartAsync(
            VenueOptions.Usual with { Folder = RunningVenue.NewFolder(), WeightLimit = 50 });

        var first = await venue.Client.GetAsync("exchangeInfo");
        Answer last;
        do
            last = await venue.Client.GetAsync("exchangeInfo");
        while (last.Status == 200);

        Assert.Equal("20", first.Weight);
        Assert.Equal((429, -1003), (last.Status, last.Code));
    }
}
