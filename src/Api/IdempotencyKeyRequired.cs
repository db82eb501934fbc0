using Microsoft.OpenApi;

namespace Platform.Api;

/// <summary>Marks an endpoint whose caller names the intent, so that repeating it is safe.</summary>
public sealed class IdempotencyKeyRequired
{
    public const string Header = "Idempotency-Key";

    private IdempotencyKeyRequired() { }

    public static IdempotencyKeyRequired Mark { get; } = new();

    /// <summary>The header, as the description of the API tells it.</summary>
    public static OpenApiParameter Parameter => new()
    {
        Name = Header, In = ParameterLocation.Header, Required = true,
        Description = "Your own name for this intent, 1 to 255 visible ASCII characters: the same again gets the first answer.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
