using System.Globalization;

namespace Platform.Api;

/// <summary>An endpoint that will go.</summary>
/// <param name="Since">From when on nobody should begin to use it (RFC 9745).</param>
/// <param name="Sunset">From when on it may answer no more (RFC 8594); null while that is open.</param>
/// <param name="Successor">Where to go instead; null when there is no such place.</param>
public sealed record Deprecation(DateTimeOffset Since, DateTimeOffset? Sunset, string? Successor);

public static class DeprecationRoutes
{
    extension<TBuilder>(TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        public TBuilder Deprecated(Deprecation deprecation) => route.WithMetadata(deprecation);
    }

    extension(IApplicationBuilder app)
    {
        /// <summary>Tells whoever calls a deprecated endpoint, in every answer, problems too.</summary>
        public IApplicationBuilder UseDeprecation() => app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<Deprecation>() is { } deprecation)
                context.Response.OnStarting(() =>
                {
                    Tell(context.Response.Headers, deprecation);
                    return Task.CompletedTask;
                });
            return next(context);
        });
    }

    private static void Tell(IHeaderDictionary headers, Deprecation deprecation)
    {
        headers["Deprecation"] = string.Create(CultureInfo.InvariantCulture, $"@{deprecation.Since.ToUnixTimeSeconds()}");
        if (deprecation.Sunset is { } sunset)
            headers["Sunset"] = sunset.ToString("R", CultureInfo.InvariantCulture);
        if (deprecation.Successor is { } successor)
            headers.Append("Link", $"<{successor}>; rel=\"successor-version\"");
    }
}
