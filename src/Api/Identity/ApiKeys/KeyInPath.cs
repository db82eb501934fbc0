using Platform.Domain.Identity;
using Platform.Workers.Identity.ApiKeys;
using Wolverine;

namespace Platform.Api.Identity.ApiKeys;

/// <summary>
/// A whole key in an address is in logs and histories by now. The request is refused, and the key, if it is one, is good for
/// nothing any more.
/// </summary>
public sealed class KeyInPath(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var address = http.Request.Path.Value + http.Request.QueryString.Value;
        var start = address.IndexOf(ApiKeyText.Prefix, StringComparison.Ordinal);
        if (start < 0)
        {
            await next(http);
            return;
        }

        if (address.Length >= start + ApiKeyText.Length)
            await RevokeAsync(http, address.Substring(start, ApiKeyText.Length));
        await Problems.From(
            new("key_in_address", "A key never goes into an address: send it in X-Api-Secret. This one was revoked; make another."),
            StatusCodes.Status400BadRequest).ExecuteAsync(http);
    }

    // Only a good key is revoked: whoever merely knows a name must not be able to end a partner's work.
    private static async Task RevokeAsync(HttpContext http, string text)
    {
        var checks = http.RequestServices.GetRequiredService<ApiKeyChecks>();
        if (await checks.FindAnywhereAsync(text, http.RequestAborted) is { } known)
            await http.RequestServices.GetRequiredService<IMessageBus>()
                .InvokeAsync(new RevokeApiKey(known.Id, RevocationCause.FoundInPath), CancellationToken.None);
    }
}
