using System.CommandLine;
using System.Globalization;
using Platform.Domain.Identity;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary><c>platform tokens rotate TIER</c>: running nodes follow without a restart, and no token ends before its time.</summary>
internal static class TokensCommand
{
    private static readonly Argument<TokenTier> Tier = new("tier") { Description = "outer, inner or danger" };

    public static Command Create(IServiceProvider services)
    {
        Tier.AcceptOnlyFromAmong("outer", "inner", "danger");
        var rotate = new Command("rotate", "Make the next key that signs the tokens of a tier.") { Tier };
        rotate.SetAction((arguments, stop) => RotateAsync(services, arguments.GetRequiredValue(Tier), stop));
        return new("tokens", "The keys that tokens are signed by.") { rotate };
    }

    private static async Task<int> RotateAsync(IServiceProvider services, TokenTier tier, CancellationToken stop)
    {
        try
        {
            var (id, since) = services.GetRequiredService<KeyRings>().Rotate(tier);
            var text = string.Create(CultureInfo.InvariantCulture, $"{tier} tokens are signed by {id} from {since:u} on.");
            await Console.Out.WriteLineAsync(text.AsMemory(), stop);
            return 0;
        }
        catch (IOException error)
        {
            throw new UsageException($"The key was not made: {error.Message}");
        }
    }
}
