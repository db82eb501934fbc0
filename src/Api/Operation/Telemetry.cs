using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Platform.Api.Operation;

/// <summary>Traces and metrics from the request to the venue call; sent by OTLP when an endpoint is configured.</summary>
public static class Telemetry
{
    // The collector's address by its standard name (OpenTelemetry specification, OTLP exporter).
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The framework's own line for each request has the whole address, and in an address people put what does not belong there.
    private const string RequestLines = "Microsoft.AspNetCore.Hosting.Diagnostics";

    extension(WebApplicationBuilder builder)
    {
        public void AddTelemetry()
        {
            builder.Logging.ClearProviders();
            var telemetry = builder.Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService("platform"))
                .WithTracing(tracing => tracing
                    .AddSource("Wolverine", "Marten", "Npgsql")
                    .AddAspNetCoreInstrumentation(web => web.Filter = context => !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
                    .AddHttpClientInstrumentation())
                .WithMetrics(metrics => metrics
                    .AddMeter("Wolverine:platform", "Marten", "Npgsql", "platform.*")
                    .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation());
            builder.AddRayFiles(telemetry);
            if (builder.Configuration[Endpoint] is { Length: > 0 })
                telemetry.UseOtlpExporter();

            // In code, where no setting overrides it. The ray id is in every line of ours, and traces leave the query out.
            builder.Logging.AddFilter(RequestLines, LogLevel.Warning);
            builder.Logging.AddJsonConsole(console =>
            {
                console.IncludeScopes = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
    }
}
