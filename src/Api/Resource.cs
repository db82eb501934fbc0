using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Platform.Api;

/// <summary>
/// One thing, with a strong ETag (RFC 9110 8.8.3): a caller who has it already, by If-None-Match, is told so and sent nothing.
/// </summary>
/// <param name="version">
/// Rises with every change of the thing: its stream's or its read model's. Null where there is none; then the ETag is what
/// the answer's own bytes come to.
/// </param>
public sealed class Resource<T>(T value, long? version = null) : IResult, IEndpointMetadataProvider
{
    // The same thing is shown differently by another build.
    private static readonly string Build = typeof(T).Module.ModuleVersionId.ToString("N")[..8];

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var options = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = version is null ? JsonSerializer.SerializeToUtf8Bytes(value, options) : null;
        EntityTagHeaderValue tag = new(body is null ? $"\"{version}-{Build}\"" : $"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\"");
        response.GetTypedHeaders().ETag = tag;
        // Whoever keeps it asks each time, and for nobody else.
        response.Headers.CacheControl = "private, no-cache";
        if (IsKnownTo(httpContext.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        await response.Body.WriteAsync(body ?? JsonSerializer.SerializeToUtf8Bytes(value, options), httpContext.RequestAborted);
    }

    private static bool IsKnownTo(HttpRequest request, EntityTagHeaderValue tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));
}
