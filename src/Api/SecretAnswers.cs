namespace Platform.Api;

/// <summary>Answers that hold what proves who someone is.</summary>
public static class SecretAnswers
{
    extension<TBuilder>(TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>Shown once: no cache may have the answer, and we do not keep it for whoever repeats the request.</summary>
        public TBuilder ShowsSecret() => route.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
    }
}
