using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Platform.Workers;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;
using Serilog.Parsing;
using Serilog.Sinks.File;

namespace Platform.Api.Operation;

/// <summary>
/// What was logged and traced under a ray, kept on this machine as JSON lines (CLEF) in files of bounded size and number,
/// for <c>platform ray show</c>.
/// </summary>
/// <param name="Path">Where they are.</param>
public sealed record RayFolder(string Path)
{
    private const string Setting = "Platform:RayFolder";
    private const long FileBytesMax = 16 * 1024 * 1024;
    private const int FilesMax = 16;

    // Of one ray; nobody reads more.
    private const int StepsMax = 10_000;

    /// <summary>Beside the keys when no setting names it.</summary>
    public static RayFolder Of(WebApplicationBuilder builder) => new(
        builder.Configuration[Setting] ?? System.IO.Path.GetFullPath(System.IO.Path.Combine(builder.KeyFolderPath, "..", "rays")));

    /// <summary>Writes what happens in a trace, and nothing else; the file is made with the first line.</summary>
    public Logger OpenForWriting() => new LoggerConfiguration()
        // What is worth writing the platform's own log decides.
        .MinimumLevel.Verbose()
        .Filter.ByIncludingOnly(line => line.TraceId is not null)
        .WriteTo.File(
            new RenderedCompactJsonFormatter(), System.IO.Path.Combine(Path, "rays-.jsonl"), rollingInterval: RollingInterval.Day,
            fileSizeLimitBytes: FileBytesMax, rollOnFileSizeLimit: true, retainedFileCountLimit: FilesMax, hooks: new OwnersOnly())
        .CreateLogger();

    /// <summary>All that is known of a trace; oldest files first.</summary>
    public IEnumerable<RayStep> StepsOf(string trace) =>
        (Directory.Exists(Path) ? Directory.EnumerateFiles(Path, "rays-*.jsonl").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
            .SelectMany(LinesOf).Where(line => line.Contains(trace, StringComparison.Ordinal))
            .Select(line => StepOf(line, trace)).OfType<RayStep>().Take(StepsMax);

    // The platform goes on writing, and takes old files away.
    private static IEnumerable<string> LinesOf(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    // Null: another's line that names the trace, or the last one, which is not all there yet.
    private static RayStep? StepOf(string text, string trace)
    {
        try
        {
            using var line = JsonDocument.Parse(text);
            var said = line.RootElement;
            if (!said.TryGetProperty("@tr", out var of) || !of.ValueEquals(trace))
                return null;

            var at = said.GetProperty("@t").GetDateTimeOffset();
            var what = said.GetProperty("@m").GetString() ?? "";
            return said.TryGetProperty(SpanLines.Duration, out var took)
                ? new(at, RayStepKind.Span, what, took.GetDouble(), TextOf(said, SpanLines.Facts))
                : new(at, RayStepKind.Log, what, Milliseconds: null, $"{TextOf(said, "@l") ?? "Information"} {TextOf(said, "SourceContext")}");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement line, string member) =>
        line.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    // Who may read it, may read what everybody did.
    private sealed class OwnersOnly : FileLifecycleHooks
    {
        public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return underlyingStream;
        }
    }
}

/// <summary>Where a step of a request is known from.</summary>
public enum RayStepKind
{
    Log = 0,
    Span,
    Event,
}

/// <summary>One thing that happened in a request, or because of it.</summary>
/// <param name="Milliseconds">How long it took; null for what has no length.</param>
/// <param name="Facts">Whatever else is known of it; null: nothing is.</param>
public sealed record RayStep(DateTimeOffset At, RayStepKind Kind, string What, double? Milliseconds, string? Facts);

/// <summary>Writes spans as lines, from a thread of its own; when they come faster than they can be written, some are dropped.</summary>
internal sealed class SpanLines(Serilog.ILogger lines) : BaseExporter<Activity>
{
    public const string Duration = "Milliseconds";
    public const string Facts = "Facts";

    private static readonly MessageTemplateParser Templates = new();

    // Addresses and statements are not among them: people put into them what does not belong there.
    private static readonly string[] Told =
    [
        "http.request.method", "http.route", "http.response.status_code", "server.address", "server.port", "error.type",
        "messaging.destination", "messaging.message_type", "db.system.name", "db.namespace",
    ];

    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
        {
            if (IsOfARay(span))
                lines.Write(LineOf(span));
        }

        return ExportResult.Success;
    }

    // What nobody asked for (the store polled, prices fetched) would leave the files room for some hours only.
    private static bool IsOfARay(Activity span)
    {
        var outermost = span;
        while (outermost.Parent is { } parent)
            outermost = parent;
        return outermost.ParentSpanId != default || outermost.Source.Name is "Microsoft.AspNetCore" or "Wolverine";
    }

    private static LogEvent LineOf(Activity span)
    {
        var facts = string.Join(' ', Told.Select(name => (Name: name, Value: span.GetTagItem(name))).Where(tag => tag.Value is not null)
            .Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Name}={tag.Value}")));
        var failed = span.Status is ActivityStatusCode.Error ? " failed" : "";
        return new(
            new DateTimeOffset(span.StartTimeUtc), LogEventLevel.Information, exception: null, Templates.Parse("{Name}"),
            [
                new("Name", new ScalarValue($"{span.Source.Name} {span.Kind} {span.DisplayName}{failed}")),
                new(Duration, new ScalarValue(span.Duration.TotalMilliseconds)), new(Facts, new ScalarValue(facts)),
            ],
            span.TraceId, span.SpanId);
    }
}

public static class RayFileRegistration
{
    // How far behind the files may be.
    private const int DelayMilliseconds = 500;

    extension(WebApplicationBuilder builder)
    {
        /// <summary>Keeps what is logged and traced under a ray.</summary>
        public void AddRayFiles(OpenTelemetryBuilder telemetry)
        {
            var folder = RayFolder.Of(builder);
            var lines = folder.OpenForWriting();
            builder.Services.AddSingleton(folder);
            // Not by AddSerilog, which asks every logger for all it has, whatever the settings say.
            builder.Logging.AddProvider(new SerilogLoggerProvider(lines, dispose: true));
            telemetry.WithTracing(tracing => tracing.AddProcessor(_ =>
                new BatchActivityExportProcessor(new SpanLines(lines), scheduledDelayMilliseconds: DelayMilliseconds)));
        }
    }
}
