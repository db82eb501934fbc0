using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Tests.Support;

namespace Platform.Api.Tests.Operation;

/// <summary>One trace for one order, from the request to the venue's answer, and no secret in it.</summary>
public sealed partial class TraceTests(PlatformHost platform)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_is_one_trace_from_the_request_over_the_messages_to_the_venue()
    {
        using var trader = await Trader.OpenAsync(platform);
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        using var answer = await trader.SendOrderAsync(
            """{"market":"BTC-USDT","side":"buy","type":"market","quoteQuantity":"25"}""", Trader.Key());
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("orderId").GetGuid();
        await trader.OrderWhenAsync(id, "filled");
        var trace = Assert.Single(answer.Headers.GetValues("X-Ray-Id"))[..32];
        await Eventually.IsTrueAsync("the last span of the order has ended", Trader.Patience, _ =>
            Task.FromResult(Of(trace).Any(CallsVenue) && Of(trace).Any(span => span.Kind is ActivityKind.Server)), Cancel);

        var request = Assert.Single(Of(trace), span => span.Kind is ActivityKind.Server);
        var call = Assert.Single(Of(trace), CallsVenue);
        Assert.Contains(Ancestors(call), span => span.Source.Name is "Wolverine");
        Assert.Contains(request, Ancestors(call));
        var told = string.Join('\n', spans.SelectMany(Words));
        Assert.All([platform.Venue.ApiSecret, trader.Token, PlatformHost.Password], secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));
        Assert.DoesNotMatch(Signature(), told);

        IEnumerable<Activity> Of(string traceId) => spans.Where(span => string.Equals(span.TraceId.ToHexString(), traceId, StringComparison.Ordinal));

        List<Activity> Ancestors(Activity span)
        {
            var known = Of(trace).ToDictionary(each => each.SpanId);
            List<Activity> path = [];
            while (known.TryGetValue(span.ParentSpanId, out span!))
                path.Add(span);
            return path;
        }
    }

    private static bool CallsVenue(Activity span) => span.Source.Name is "System.Net.Http"
        && span.GetTagItem("http.request.method") is "POST"
        && span.GetTagItem("url.full") is string address && address.Contains("/api/v3/order", StringComparison.Ordinal);

    private static IEnumerable<string> Words(Activity span) =>
    [
        span.DisplayName, span.StatusDescription ?? "",
        .. span.TagObjects.Concat(span.Events.SelectMany(each => each.Tags)).Select(tag => $"{tag.Key}={tag.Value}"),
        .. span.Baggage.Select(item => $"{item.Key}={item.Value}"),
    ];

    [GeneratedRegex("signature=[0-9a-f]{64}", RegexOptions.NonBacktracking)]
    private static partial Regex Signature();
}
