using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.PaperVenue.Matching;

namespace Platform.PaperVenue.Protocol;

/// <summary>Every operation under its REST path.</summary>
public sealed class RestSurface(OperationList operations, Gate gate)
{
    private const int LongestBody = 64 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var operation in operations.All)
            routes.MapMethods(operation.Path, [operation.Verb], http => AnswerAsync(http, operation));
        routes.MapFallback(http => RefuseAsync(http, Refusals.NotSupported));
    }

    private async Task AnswerAsync(HttpContext http, Operation operation)
    {
        var now = gate.Now;
        var used = gate.Limit.Add(operation.Weight, now);
        http.Response.Headers["X-MBX-USED-WEIGHT-1M"] = Text(used);
        if (used > gate.Limit.Most)
        {
            http.Response.Headers.RetryAfter = Text(WeightLimit.SecondsToNextMinute(now));
            await RefuseAsync(http, Refusals.TooMuchWeight(gate.Limit.Most));
            return;
        }

        try
        {
            var result = new ArrayBufferWriter<byte>(1024);
            await RunAsync(http, operation, result, now);
            await SendAsync(http, operation, result.WrittenMemory);
        }
        catch (RefusedException refused)
        {
            await RefuseAsync(http, refused.Refusal);
        }
    }

    private async Task RunAsync(HttpContext http, Operation operation, ArrayBufferWriter<byte> result, long now)
    {
        var query = http.Request.QueryString.Value?.TrimStart('?') ?? "";
        var body = await ReadBodyAsync(http);
        var parameters = new Parameters();
        parameters.AddForm(query);
        parameters.AddForm(body);
        var account = operation.Security == Security.Private
            ? gate.Signatures.Verify(
                http.Request.Headers["X-MBX-APIKEY"], parameters, [Unsigned(query) + Unsigned(body)], now)
            : 0;
        await using var json = new Utf8JsonWriter(result);
        await operation.RunAsync(new(parameters, account, json, now));
    }

    private async Task SendAsync(HttpContext http, Operation operation, ReadOnlyMemory<byte> result)
    {
        switch (operation.ChangesOrders ? gate.Faults.Draw() : Fault.None)
        {
            case Fault.DropAck:
                await WaitForeverAsync(http.RequestAborted);
                return;
            case Fault.ErrorAfterAccept:
                await RefuseAsync(http, Refusals.UnknownExecution);
                return;
            case Fault.DelayAck:
                await Task.Delay(Faults.Delay, gate.Clock, http.RequestAborted);
                break;
            default:
                break;
        }
        http.Response.ContentType = "application/json;charset=UTF-8";
        http.Response.ContentLength = result.Length;
        await http.Response.BodyWriter.WriteAsync(result, http.RequestAborted);
    }

    private static async Task WaitForeverAsync(CancellationToken aborted)
    {
        var never = new TaskCompletionSource();
        await using var _ = aborted.Register(() => never.TrySetResult());
        await never.Task;
    }

    private static Task RefuseAsync(HttpContext http, Refusal refusal)
    {
        http.Response.StatusCode = refusal.Status;
        http.Response.ContentType = "application/json;charset=UTF-8";
        return http.Response.WriteAsync(RefusalJson.Text(refusal), http.RequestAborted);
    }

    private static async Task<string> ReadBodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength is null or 0)
            return "";
        if (http.Request.ContentLength > LongestBody)
            throw new RefusedException(Refusals.NotValid("body"));
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(http.RequestAborted);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The text that the client signed: all of it but the signature.</summary>
    private static string Unsigned(string form)
    {
        var at = form.IndexOf("signature=", StringComparison.Ordinal);
        return at < 0
            ? form
            : string.Join('&', form.Split('&').Where(pair => !pair.StartsWith("signature=", StringComparison.Ordinal)));
    }
}
