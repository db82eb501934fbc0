using System.Globalization;
using System.Net.Http.Json;
using System.Numerics;
using System.Text.Json;
using Platform.Tests.Support;

namespace Platform.Workers.Tests.Markets.Fetching;

/// <summary>
/// A real EVM node (anvil) with real contracts on it: two tokens, one whose supply no decimal holds, Multicall3, and a pool of
/// Uniswap V3 at 2,000 USDC for one WETH. Tests of a class use it one after the other.
/// </summary>
public sealed class LocalChain : IAsyncLifetime
{
    public const string Id = "eip155:31337";
    public const string Multicall = "0xca11bde05977b3631167028862be2a173976ca11";

    private const string Folder = "tests/Chain";
    private const string Anvil = $"{Folder}/node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil";
    private const int FullRange = 887220;

    // Given, not estimated: a pool writes down more in a block of another second than in the one that an estimate is made of.
    private const string Gas = "0xf42400";

    private static readonly BigInteger Lowest = BigInteger.Parse("4295128740", CultureInfo.InvariantCulture);
    private static readonly BigInteger Highest = BigInteger.Parse("1461446703485210103287273052203988822378723970341", CultureInfo.InvariantCulture);

    private readonly string folder = Directory.CreateTempSubdirectory("chain-").FullName;
    private readonly HttpClient client = new();
    private ChildProcess? process;
    private string trader = "";

    public bool IsThere => process is not null;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    /// <summary>It has 10,000 ETH, less what deploying cost, and all tokens that are not the trader's.</summary>
    public string Deployer { get; private set; } = "";

    /// <summary>It has 10,000 ETH and nothing else.</summary>
    public string Bystander { get; private set; } = "";

    public string Weth { get; private set; } = "";

    public string Usdc { get; private set; } = "";

    /// <summary>2^255 units without decimals.</summary>
    public string Huge { get; private set; } = "";

    public string Pool { get; private set; } = "";

    /// <summary>Whether WETH is the pool's first token: their addresses decide.</summary>
    public bool IsWethFirst => string.CompareOrdinal(Weth, Usdc) < 0;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(RepositoryRoot.Combine(Anvil)) || !File.Exists(RepositoryRoot.Combine(Folder, "contracts.json")))
            return;

        process = ChildProcess.Start(
            Anvil, ["--port", Address.Port.ToString(CultureInfo.InvariantCulture), "--silent"], new Dictionary<string, string>(), Path.Combine(folder, "anvil.log"));
        await Eventually.IsTrueAsync("the node answers", TimeSpan.FromSeconds(60), AnswersAsync, CancellationToken.None);
        await DeployAllAsync();
    }

    /// <summary>Skips the test where the node was not installed, as scripts/build.sh does.</summary>
    public void Require() => Assert.SkipUnless(IsThere, $"There is no node in {Folder}: scripts/build.sh all installs it.");

    /// <summary>Sells WETH to the pool, or buys it with USDC.</summary>
    /// <param name="units">Of what is given, in its smallest unit.</param>
    /// <returns>The transaction.</returns>
    public async Task<string> SwapAsync(bool sellsWeth, BigInteger units)
    {
        var isFirstGiven = sellsWeth == IsWethFirst;
        return await SendAsync(trader, "c31b8d7a", Word(Pool), Word(isFirstGiven ? 1 : 0), Word(units), Word(isFirstGiven ? Lowest : Highest));
    }

    public async Task<BigInteger> BalanceAsync(string token, string owner) => Number(
        (await RpcAsync("eth_call", new { to = token, data = $"0x70a08231{Word(owner)}" }, "latest")).GetString()!);

    public Task MineAsync(int blocks) => RpcAsync("anvil_mine", $"0x{blocks:x}");

    public async Task<long> HeadAsync() => (long)Number((await RpcAsync("eth_blockNumber")).GetString()!);

    public async Task<JsonElement> RpcAsync(string method, params object[] parameters)
    {
        using var answer = await client.PostAsJsonAsync(Address, new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        return json.RootElement.TryGetProperty("result", out var result)
            ? result.Clone()
            : throw new InvalidOperationException($"{method}: {json.RootElement.GetProperty("error")}");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (process is not null)
            await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task DeployAllAsync()
    {
        var accounts = await RpcAsync("eth_accounts");
        (Deployer, Bystander) = (accounts[0].GetString()!, accounts[1].GetString()!);
        var code = JsonDocument.Parse(await File.ReadAllBytesAsync(RepositoryRoot.Combine(Folder, "contracts.json"))).RootElement;
        string Of(string name) => code.GetProperty(name).GetString()!;

        Weth = await DeployAsync(Of("Coin"), Coin("WETH", 18, BigInteger.Pow(10, 24)));
        Usdc = await DeployAsync(Of("Coin"), Coin("USDC", 6, BigInteger.Pow(10, 15)));
        Huge = await DeployAsync(Of("Coin"), Coin("HUGE", 0, BigInteger.One << 255));
        trader = await DeployAsync(Of("Trader"));
        var multicall = await DeployAsync(Of("Multicall3"));
        await RpcAsync("anvil_setCode", Multicall, (await RpcAsync("eth_getCode", multicall, "latest")).GetString()!);
        var factory = await DeployAsync(Of("UniswapV3Factory"));
        await SendAsync(factory, "a1671295", Word(Weth), Word(Usdc), Word(3000));
        Pool = $"0x{(await RpcAsync("eth_call", new { to = factory, data = $"0x1698ee82{Word(Weth)}{Word(Usdc)}{Word(3000)}" }, "latest")).GetString()![^40..]}";
        await SendAsync(Pool, "f637731d", Word(Root()));
        await SendAsync(Weth, "a9059cbb", Word(trader), Word(BigInteger.Pow(10, 23)));
        await SendAsync(Usdc, "a9059cbb", Word(trader), Word(BigInteger.Pow(10, 14)));
        await SendAsync(trader, "f68a74a5", Word(Pool), Word(-FullRange), Word(FullRange), Word(BigInteger.Pow(10, 17)));
    }

    // The root of 2,000 USDC for one WETH, in the smallest units of token 1 for token 0, times 2^96.
    private BigInteger Root()
    {
        var (weth, usdc) = (BigInteger.Pow(10, 18), 2_000 * BigInteger.Pow(10, 6));
        var square = ((IsWethFirst ? usdc : weth) << 192) / (IsWethFirst ? weth : usdc);
        var (root, better) = (BigInteger.Zero, BigInteger.One << 100);
        while (BigInteger.Abs(better - root) > 1)
            (root, better) = (better, (better + (square / better)) / 2);
        return better;
    }

    private async Task<string> DeployAsync(string bytecode, string arguments = "")
    {
        var receipt = await ReceiptAsync(new { from = Deployer, data = bytecode + arguments, gas = Gas });
        return receipt.GetProperty("contractAddress").GetString()!.ToLowerInvariant();
    }

    private async Task<string> SendAsync(string to, string selector, params string[] words) =>
        (await ReceiptAsync(new { from = Deployer, to, data = $"0x{selector}{string.Concat(words)}", gas = Gas })).GetProperty("transactionHash").GetString()!;

    private async Task<JsonElement> ReceiptAsync(object transaction)
    {
        var hash = (await RpcAsync("eth_sendTransaction", transaction)).GetString()!;
        JsonElement receipt = default;
        await Eventually.IsTrueAsync($"{hash} is mined", TimeSpan.FromSeconds(60), async _ =>
        {
            receipt = await RpcAsync("eth_getTransactionReceipt", hash);
            return receipt.ValueKind is JsonValueKind.Object;
        }, CancellationToken.None);
        return receipt.GetProperty("status").GetString() is "0x1" ? receipt : throw new InvalidOperationException($"{hash} was reverted.");
    }

    private static string Coin(string symbol, int decimals, BigInteger supply) =>
        Word(0x60) + Word(decimals) + Word(supply) + Word(symbol.Length) + Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(symbol.PadRight(32, '\0')));

    private static string Word(string address) => address[2..].PadLeft(64, '0');

    private static string Word(BigInteger number) =>
        (number.Sign < 0 ? (BigInteger.One << 256) + number : number).ToString("x64", CultureInfo.InvariantCulture)[^64..];

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        if (process!.HasExited)
            throw new InvalidOperationException($"The node ended:\n{process.LogTail}");

        try
        {
            await RpcAsync("eth_chainId");
            return true;
        }
        catch (HttpRequestException)
        {
            return false; // Not listening yet.
        }
    }
}
