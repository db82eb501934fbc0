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

    extension(WebApplicationBuilder builder)
    {
        public void AddTelemetry()
        {
            var telemetry = builder.Services.AddOpenTelemetry()
                .ConfigureResource(resource => resource.AddService("platform"))
                .WithTracing(tracing => tracing
                    .AddSource("Wolverine", "Marten", "Npgsql")
                    .AddAspNetCoreInstrumentation(web => web.Filter = context => !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
                    .AddHttpClientInstrumentation())
                .WithMetrics(metrics => metrics
                    .AddMeter("Wolverine:platform", "Marten", "Npgsql", "platform.*")
                    .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation());
            if (builder.Configuration[Endpoint] is { Length: > 0 })
                telemetry.UseOtlpExporter();

            builder.Logging.ClearProviders();
            builder.Logging.AddJsonConsole(console =>
            {
                console.IncludeScopes = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
    }
}
