using System.Diagnostics;

namespace Platform.Api;

/// <summary>
/// The name of one request in logs, traces, events and problems: its trace id and the node that served it
/// (<c>{32 hex}-{4 hex}</c>).
/// </summary>
public static class RayId
{
    public const string Header = "X-Ray-Id";

    private const int TraceLength = 32;
    private const int NodeLength = 4;

    // One node so far; with several, each gets its own from the cluster.
    private const string NodeCode = "0001";

    public static string? Of(Activity? activity) => activity is null ? null : $"{activity.TraceId}-{NodeCode}";

    /// <summary>What caused an event by its correlation id; null when that was no request but the platform itself.</summary>
    public static string? OfRequest(string? correlationId) =>
        correlationId?.EndsWith($"-{NodeCode}", StringComparison.Ordinal) is true ? correlationId : null;

    /// <summary>The trace (32 hexadecimal digits) that a ray's name holds, or that is named without its node; null when the text is neither.</summary>
    public static string? TraceIn(string text) =>
        text.Split('-') is [{ Length: TraceLength } trace, .. var node] && IsHex(trace)
        && node is [] or [{ Length: NodeLength }] && node.All(IsHex)
            ? trace
            : null;

    private static bool IsHex(string text) => text.All(char.IsAsciiHexDigitLower);

    extension(IApplicationBuilder app)
    {
        /// <summary>Names every answer, and every line that is logged while it is made.</summary>
        public IApplicationBuilder UseRayId() => app.Use(async (context, next) =>
        {
            // A caller's own trace id is never taken over: it could be made to collide with another's.
            using var activity = Activity.Current is null ? new Activity("request").Start() : null;
            var ray = Of(Activity.Current);
            // At the last moment: whoever turns an exception into a problem clears all headers set before.
            context.Response.OnStarting(() =>
            {
                context.Response.Headers[Header] = ray;
                return Task.CompletedTask;
            });
            var logger = context.RequestServices.GetRequiredService<ILogger<Program>>();
            using (logger.BeginScope(new Dictionary<string, object?>(StringComparer.Ordinal) { ["RayId"] = ray }))
                await next(context);
        });
    }
}
