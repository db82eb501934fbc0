using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Platform.Domain.Values;

namespace Platform.Api;

/// <summary>A request that cannot be taken as what it should be; nothing was done.</summary>
public sealed class BodyException(Refusal refusal, int status = StatusCodes.Status400BadRequest) : Exception(refusal.Detail)
{
    public Refusal Refusal { get; } = refusal;

    public int Status { get; } = status;
}

/// <summary>Reads a JSON body exactly: what is not known, given twice, or not exact is refused by name.</summary>
public static class StrictBody
{
    extension(HttpRequest request)
    {
        /// <exception cref="BodyException">The body is not JSON, or not what is asked for.</exception>
        public async Task<T> ReadStrictAsync<T>(CancellationToken cancellationToken)
        {
            if (!request.HasJsonContentType() || !IsUtf8(request.ContentType))
                throw new BodyException(
                    new("media_type_unsupported", "The body must be application/json."), StatusCodes.Status415UnsupportedMediaType);

            var options = request.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            // No longer than the server lets in.
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellationToken);
            var json = body.GetBuffer().AsMemory(0, (int)body.Length);
            try
            {
                RefuseNoText(json.Span);
                return JsonSerializer.Deserialize<T>(json.Span, options) ?? throw new BodyException(new("malformed_json", "The body is null."));
            }
            catch (JsonException error)
            {
                throw new BodyException(Refusal(error, options.GetTypeInfo(typeof(T))));
            }
        }
    }

    // JSON can spell what is no text to us nor to the store: U+0000, and half of a surrogate pair (RFC 8259 8.2).
    private static void RefuseNoText(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\u"u8) < 0)
            return;

        var reader = new Utf8JsonReader(json);
        string? field = null;
        while (reader.Read())
        {
            var isName = reader.TokenType is JsonTokenType.PropertyName;
            if ((isName || reader.TokenType is JsonTokenType.String) && reader.ValueIsEscaped && !IsText(ref reader))
                throw new BodyException(new("invalid_value", "A text holds a character that is none.", field));
            if (isName && reader.CurrentDepth == 1)
                field = reader.GetString();
        }
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()?.Contains('\0', StringComparison.Ordinal) is not true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // JSON is UTF-8 (RFC 8259 8.1); who says otherwise would be read as something else than was checked before us.
    private static bool IsUtf8(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private static Refusal Refusal(JsonException error, JsonTypeInfo body)
    {
        var field = FieldOf(error.Path);
        var message = Plain(error.Message);
        return (field, error.InnerException) switch
        {
            // What the reader itself refuses is no JSON; what a value's own rules refuse is a wrong value.
            (_, JsonException) => new("malformed_json", "The body is not well-formed JSON.", field),
            (null, _) when MissingMember(message) is { } missing =>
                new("missing_member", $"The member {missing} is missing.", missing),
            (null, _) => new("malformed_json", "The body is not the JSON object that is asked for."),
            _ when message.Contains("could not be mapped", StringComparison.Ordinal) =>
                new("unknown_member", $"There is no member {field}.", field),
            _ when message.Contains("Duplicate", StringComparison.OrdinalIgnoreCase) =>
                new("duplicate_member", $"The member {field} is given twice.", field),
            // Our converters speak for themselves; the serializer speaks of .NET types.
            _ when message.Contains("could not be converted", StringComparison.Ordinal)
                || message.Contains("null values", StringComparison.Ordinal) =>
                new("invalid_value", Expected(field, body), field),
            _ => new("invalid_value", message, field),
        };
    }

    // "$.side" or, where a name is no plain word, "$['a name']".
    private static string? FieldOf(string? path) => path switch
    {
        ['$', '.', .. var name] => name,
        ['$', '[', '\'', .. var name, '\'', ']'] => name,
        _ => null,
    };

    private static string Expected(string field, JsonTypeInfo body)
    {
        var declared = body.Properties.FirstOrDefault(member => string.Equals(member.Name, field, StringComparison.Ordinal))?.PropertyType;
        return declared is not null && (Nullable.GetUnderlyingType(declared) ?? declared) is { IsEnum: true } words
            ? $"{field} is one of {string.Join(", ", WordConverter.WordsOf(words))}."
            : $"{field} is not of the kind that is asked for.";
    }

    // The serializer adds where in the text it was; the field says it better.
    private static string Plain(string message)
    {
        var path = message.IndexOf(" Path: ", StringComparison.Ordinal);
        var parameter = message.IndexOf(" (Parameter ", StringComparison.Ordinal);
        var end = new[] { path, parameter }.Where(index => index > 0).DefaultIfEmpty(message.Length).Min();
        return message[..end];
    }

    // Behind the type's name comes the first member that is missing, both between quotes.
    private static string? MissingMember(string message) =>
        message.Contains("missing required", StringComparison.Ordinal) && message.Split('\'') is [_, _, _, var member, ..]
            ? member
            : null;
}
