using Platform.Api.Idempotency;
using Platform.Api.Identity;
using Platform.Api.Lists;
using Platform.Domain.Identity;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Platform.Api.Operation;

/// <summary>The description of the HTTP API, at <c>/openapi/v1.json</c> for programs and <c>/docs</c> for people.</summary>
public static class ApiDocument
{
    // What the description calls the proof of who asks.
    private const string Session = "session";

    extension(IServiceCollection services)
    {
        public void AddApiDocument() => services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "Platform";
                document.Info.Description = "Decimals are strings. Every problem is RFC 9457 with a code and a rayId.";
                // Whoever reads it knows where it came from; and so it is the same wherever it is served.
                document.Servers?.Clear();
                RefusalDescription.Describe(document);
                document.AddComponent<IOpenApiSecurityScheme>(Session, new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "PASETO v4.public",
                    Description = "The token of a sign-in.",
                });
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                var facts = context.Description.ActionDescriptor.EndpointMetadata;
                PathDescription.Describe(operation, context.Description.RelativePath ?? "");
                if (facts.OfType<AsksAgain>().Any())
                    (operation.Parameters ??= []).Add(AsksAgain.Parameter);
                if (IdempotencyRoutes.TakenBy(facts.AsReadOnly()) is { } key)
                    (operation.Parameters ??= []).Add(key.Parameter);
                foreach (var list in facts.OfType<ListDeclaration>())
                    ListDescription.Describe(operation, list);
                if (facts.OfType<Permission>().Any(permission => permission.Tier is not TokenTier.None))
                    operation.Security = [new() { [new OpenApiSecuritySchemeReference(Session, context.Document)] = [] }];
                operation.Deprecated = facts.OfType<Deprecation>().Any();
                RefusalDescription.Describe(operation, context.Document!, Refusals.Of(facts));
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                WireSchemas.Describe(schema, context.JsonTypeInfo, context.JsonPropertyInfo);
                return Task.CompletedTask;
            });
        });
    }

    extension(IEndpointRouteBuilder app)
    {
        public void MapApiDocument()
        {
            app.MapOpenApi("/openapi/{documentName}.json").Requires(OpenPermissions.ReadDescription);
            app.MapScalarApiReference("/docs", docs => docs.WithTitle("Platform API").DisableDefaultFonts())
                .Requires(OpenPermissions.ReadDescription);
        }
    }
}
