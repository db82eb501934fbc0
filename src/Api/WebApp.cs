using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;
using Platform.Api.Identity;
using Platform.Domain.Identity;

namespace Platform.Api;

/// <summary>Serves the single-page app, from the folder <c>Platform:WebRoot</c>, and tells browsers what it may do.</summary>
public static class WebApp
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

    // The page for people brings its start-up script along, inline.
    private const string DocsPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
        "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

    extension(WebApplication app)
    {
        public void UseBrowserRules() => app.Use((context, next) =>
        {
            // At the last moment, so that a problem, for which all headers are cleared, has them too.
            context.Response.OnStarting(() =>
            {
                Protect(context);
                return Task.CompletedTask;
            });
            return next(context);
        });

        /// <summary>
        /// Before anyone is asked who they are: the app is everybody's, what it shows is not. Nothing is served where no
        /// app was built; the API works all the same.
        /// </summary>
        public void UseWebApp()
        {
            var folder = Path.GetFullPath(
                app.Configuration["Platform:WebRoot"] ?? Path.Combine(AppContext.BaseDirectory, "wwwroot"));
            if (!File.Exists(Path.Combine(folder, "index.html")))
                return;

            var files = new PhysicalFileProvider(folder);
            app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = context => Cache(context.Context) });
            app.MapFallback("{*path:nonfile}", context => SendPageAsync(context, files)).Requires(OpenPermissions.OpenApp).CountsAs(RateTier.Static);
        }
    }

    private static void Protect(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            context.Request.Path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase) ? DocsPolicy : Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
    }

    // Built files are named by their content; the page that names them is asked for each time.
    private static void Cache(HttpContext context) => context.Response.Headers[HeaderNames.CacheControl] =
        context.Request.Path.StartsWithSegments("/assets", StringComparison.OrdinalIgnoreCase)
            ? "public, max-age=31536000, immutable"
            : "no-cache";

    private static Task SendPageAsync(HttpContext context, PhysicalFileProvider files)
    {
        // An address of the API that does not exist is no page of the app.
        if (context.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase) || !HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers[HeaderNames.CacheControl] = "no-cache";
        return context.Response.SendFileAsync(files.GetFileInfo("index.html"), context.RequestAborted);
    }
}
