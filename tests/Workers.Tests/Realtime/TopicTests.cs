using Platform.Workers.Realtime;

namespace Platform.Workers.Tests.Realtime;

public sealed class TopicTests
{
    [Theory]
    [InlineData("ticker/BTC-USDT", "ticker", "BTC-USDT")]
    [InlineData("orders/7c9e6679-7425-40de-944b-e07fc1f90ae7", "orders", "7c9e6679-7425-40de-944b-e07fc1f90ae7")]
    public void Topic_is_a_family_and_an_entity(string text, string family, string entity)
    {
        Assert.True(Topic.TryParse(text, out var topic));
        Assert.Equal(new Topic(family, entity), topic);
        Assert.Equal(text, topic.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ticker")]
    [InlineData("ticker/")]
    [InlineData("/BTC-USDT")]
    [InlineData("ticker/BTC/USDT")]
    [InlineData("ticker/BTC USDT")]
    [InlineData("ticker/*")]
    [InlineData("ticker/\u00e9")]
    public void Anything_else_is_no_topic(string? text) => Assert.False(Topic.TryParse(text, out _));

    [Fact]
    public void Topic_of_more_than_160_characters_is_none()
    {
        Assert.True(Topic.TryParse("t/" + new string('x', 158), out _));
        Assert.False(Topic.TryParse("t/" + new string('x', 159), out _));
    }
}
