using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Platform.Workers.Trading;

namespace Platform.Workers.Tests.Trading;

public sealed class TradingOptionsTests
{
    [Theory]
    [InlineData("00:00:10", true)]
    [InlineData("00:00:09.9999999", false)]
    [InlineData("00:02:00.0000001", false)]
    public void Window_in_which_an_order_could_be_sent_twice_is_refused(string window, bool isTaken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("Platform:Trading:ReceiveWindow", window)]);
        builder.AddTradingWorkers();
        using var services = builder.Services.BuildServiceProvider();
        var options = services.GetRequiredService<IOptions<TradingOptions>>();

        if (isTaken)
            Assert.Equal(TimeSpan.FromSeconds(10), options.Value.ReceiveWindow);
        else
            Assert.Contains("ReceiveWindow", Assert.Throws<OptionsValidationException>(() => options.Value).Message, StringComparison.Ordinal);
    }
}
