using System.CommandLine;
using Platform.PaperVenue.Protocol;

namespace Platform.PaperVenue;

/// <summary>Reads the options of <c>papervenue</c> and runs what is given to it with them.</summary>
public static class CommandLine
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port for REST (/api/v3), streams (/ws, /stream) and WebSocket API (/ws-api/v3)",
        DefaultValueFactory = _ => VenueOptions.Usual.Port,
    };

    private static readonly Option<string> Host = new("--url-host")
    {
        Description = "Address to listen on; the usual one is reached from this machine only",
        DefaultValueFactory = _ => VenueOptions.Usual.Host,
    };

    private static readonly Option<string> Folder = new("--data")
    {
        Description = "Folder of accounts, orders and trades, and of api-key.json with the demo key",
        DefaultValueFactory = _ => VenueOptions.Usual.Folder,
    };

    private static readonly Option<long> Seed = new("--seed")
    {
        Description = "Seed of the invented markets",
        DefaultValueFactory = _ => VenueOptions.Usual.Seed,
    };

    private static readonly Option<string?> Replay = new("--replay")
    {
        Description = "Recording that moves one market: CSV time,price,volume; .json.gz of trades or bars; LEAN .zip",
    };

    private static readonly Option<string?> ReplayMarket = new("--replay-market")
    {
        Description = "The market that the recording moves, such as BTCUSDT; taken from the file's name when absent",
    };

    private static readonly Option<decimal> Speed = new("--speed")
    {
        Description = "How many times faster than recorded",
        DefaultValueFactory = _ => VenueOptions.Usual.Speed,
    };

    private static readonly Option<Faults> Faulty = new("--faults")
    {
        Description = "Spoil answers to orders that were carried out, for testing clients: "
            + "delay-ack=P,drop-ack=P,error-after-accept=P,seed=N with P from 0 to 1",
        DefaultValueFactory = _ => Faults.None,
        CustomParser = result =>
        {
            try
            {
                return Faults.Parse(result.Tokens[0].Value);
            }
            catch (FormatException wrong)
            {
                result.AddError(wrong.Message);
                return null;
            }
        },
    };

    private static readonly Option<int> Weight = new("--weight-limit")
    {
        Description = "Request weight that a minute allows",
        DefaultValueFactory = _ => VenueOptions.Usual.WeightLimit,
    };

    public static async Task<int> RunAsync(string[] arguments, Func<VenueOptions, Task<int>> runAsync)
    {
        var command = new RootCommand("A stand-alone exchange with paper money that speaks the Binance Spot protocol")
        {
            Port, Host, Folder, Seed, Replay, ReplayMarket, Speed, Faulty, Weight,
        };
        Speed.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<decimal>() <= 0)
                result.AddError("--speed must be more than 0");
        });
        command.SetAction((given, _) => runAsync(new(
            given.GetValue(Port), given.GetValue(Host)!, given.GetValue(Folder)!, given.GetValue(Seed),
            given.GetValue(Replay), given.GetValue(ReplayMarket), given.GetValue(Speed), given.GetValue(Faulty)!,
            given.GetValue(Weight))));
        // The host hears of signals itself, and takes the time that it needs to end in good order.
        return await command.Parse(arguments).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
