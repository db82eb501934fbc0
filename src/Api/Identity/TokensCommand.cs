using JasperFx.CommandLine;
using Platform.Domain.Identity;
using Platform.Workers.Identity;

namespace Platform.Api.Identity;

/// <summary>What to do with the keys that sign tokens.</summary>
public enum TokensAction
{
    /// <summary>The next key signs; tokens of the one before live on until they end.</summary>
    Rotate,
}

/// <summary>What <c>platform tokens</c> takes.</summary>
public sealed class TokensInput : NetCoreInput
{
    [Description("What to do: rotate")]
    public TokensAction Action { get; set; }

    [Description("The tier: outer, inner or danger")]
    public TokenTier Tier { get; set; }
}

/// <summary><c>platform tokens rotate TIER</c>: running nodes follow without a restart.</summary>
[Description("Rotate the key that signs the tokens of a tier", Name = "tokens")]
public sealed class TokensCommand : JasperFxCommand<TokensInput>
{
    public TokensCommand() => Usage("Rotate the key of a tier").Arguments(input => input.Action, input => input.Tier);

    public override bool Execute(TokensInput input)
    {
        if (input.Tier is TokenTier.None)
            return false;

        using var host = input.BuildHost();
        var (id, since) = host.Services.GetRequiredService<KeyRings>().Rotate(input.Tier);
        Console.Out.WriteLine($"{input.Tier} tokens are signed by {id} from {since:O} on.");
        return true;
    }
}
