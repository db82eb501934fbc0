using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.Domain.Values;

namespace Platform.Workers.Tests.Markets;

/// <summary>Neither the key nor a signature leaves by a log, a trace or an answer, whatever happens to the call.</summary>
public sealed class VenueSecretsTests
{
    [Fact]
    public async Task Key_and_signature_are_in_no_log_no_trace_and_no_answer()
    {
        var said = new ConcurrentQueue<string>();
        using var traces = Traces(said);
        await using var venue = await LoopbackVenue.StartAsync(async context =>
        {
            context.Response.StatusCode = HttpMethods.IsGet(context.Request.Method) ? 200 : 500;
            await context.Response.WriteAsync("not json");
            if (HttpMethods.IsDelete(context.Request.Method))
                context.Abort();
        });
        using var host = MarketsHost.For(venue.Address, log: new Listener(said));
        var rest = MarketsHost.Rest(host.Services);
        var market = Symbol.From("BTC-USDT");
        var cancel = TestContext.Current.CancellationToken;

        said.Enqueue($"{await rest.QueryOrderAsync(market, "id-1", cancel)}");
        said.Enqueue($"{await rest.CancelOrderAsync(market, "id-1", cancel)}");
        said.Enqueue($"{await rest.AccountAsync(cancel)}");
        said.Enqueue($"{MarketsHost.Credentials()}");

        Assert.Contains(said, text => text.Contains("/api/v3/order", StringComparison.Ordinal));
        var signatures = venue.Calls.Where(call => call.Target.Contains("signature=", StringComparison.Ordinal))
            .Select(call => call.Target[(call.Target.IndexOf("signature=", StringComparison.Ordinal) + 10)..]).ToList();
        Assert.Equal(3, signatures.Count);
        foreach (var secret in (string[])[.. signatures, MarketsHost.ApiKey, MarketsHost.ApiSecret])
            Assert.DoesNotContain(said, text => text.Contains(secret, StringComparison.Ordinal));
    }

    // What an OpenTelemetry exporter would see.
    private static ActivityListener Traces(ConcurrentQueue<string> said)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => said.Enqueue(
                activity.DisplayName + string.Join('\n', activity.TagObjects
                    .Where(_ => activity.Kind is ActivityKind.Client)
                    .Select(tag => $"{tag.Key}={tag.Value}"))),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private sealed class Listener(ConcurrentQueue<string> said) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => said.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
