using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Platform.Domain.Values;

namespace Platform.Api;

/// <summary>A body that cannot be taken as what it should be; nothing was done.</summary>
public sealed class BodyException(Refusal refusal) : Exception(refusal.Detail)
{
    public Refusal Refusal { get; } = refusal;
}

/// <summary>Reads a JSON body exactly: what is not known, given twice, or not exact is refused by name.</summary>
public static class StrictBody
{
    extension(HttpRequest request)
    {
        /// <exception cref="BodyException">The body is not JSON, or not what is asked for.</exception>
        public async Task<T> ReadStrictAsync<T>(CancellationToken cancellationToken)
        {
            if (!request.HasJsonContentType())
                throw new BodyException(new("media_type_unsupported", "The body must be application/json."));

            var options = request.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            try
            {
                return await JsonSerializer.DeserializeAsync<T>(request.Body, options, cancellationToken)
                    ?? throw new BodyException(new("malformed_json", "The body is null."));
            }
            catch (JsonException error)
            {
                throw new BodyException(Refusal(error));
            }
        }
    }

    private static Refusal Refusal(JsonException error)
    {
        var field = error.Path is ['$', '.', .. var path] ? path : null;
        var message = Plain(error.Message);
        return (field, error.InnerException) switch
        {
            // What the reader itself refuses is no JSON; what a value's own rules refuse is a wrong value.
            (_, JsonException) => new("malformed_json", "The body is not well-formed JSON.", field),
            (null, _) when message.Contains("missing required", StringComparison.Ordinal) =>
                new("missing_member", message, MissingMember(message)),
            (null, _) => new("malformed_json", "The body is not the JSON object that is asked for."),
            _ when message.Contains("could not be mapped", StringComparison.Ordinal) =>
                new("unknown_member", $"There is no member {field}.", field),
            _ when message.Contains("Duplicate", StringComparison.OrdinalIgnoreCase) =>
                new("duplicate_member", $"The member {field} is given twice.", field),
            _ => new("invalid_value", message, field),
        };
    }

    // The serializer adds where in the text it was; the field says it better.
    private static string Plain(string message)
    {
        var path = message.IndexOf(" Path: ", StringComparison.Ordinal);
        var parameter = message.IndexOf(" (Parameter ", StringComparison.Ordinal);
        var end = new[] { path, parameter }.Where(index => index > 0).DefaultIfEmpty(message.Length).Min();
        return message[..end];
    }

    private static string? MissingMember(string message) =>
        message.Split('\'') is [_, _, _, var member, ..] ? member : null;
}
