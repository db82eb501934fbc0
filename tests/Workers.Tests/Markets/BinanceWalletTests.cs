using Platform.Domain.Markets;
using Platform.Domain.Values;
using Platform.Tests.Support;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Binance;

namespace Platform.Workers.Tests.Markets;

/// <summary>What Binance says of an account's money, recorded, in the platform's words; and what it is asked.</summary>
public sealed class BinanceWalletTests
{
    private static readonly Asset Bitcoin = Asset.From("BTC");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [Reads("binance-net/{0}.txt")]
    [InlineData("Endpoints/Spot/Account/GetAccountInfo", "balances", "BTC 4723846.89208129 0|LTC 4763368.68006011 0")]
    [InlineData("Socket/Spot/Account/GetAccountInfo", "balances", "BTC 1.3447112 0.086|USDT 1021.21 0")]
    [InlineData("Endpoints/Spot/Account/GetBalances", "",
        "AVAX 1 0|BCH 0.9 0|BNB 887.47061626 10.62|BUSD 9999.7 0|SHIB 532.32 0|USDT 50300000001.44911105 0|WRZ 1 0")]
    [InlineData("Endpoints/Spot/Account/GetFundingWallet", "", "USDT 1 0")]
    public void Balances_are_what_is_free_and_what_is_not(string file, string member, string expected) => Assert.Equal(
        expected.Split('|'),
        BinanceWalletAnswers.BalancesOf(RecordedVenueData.Answer(file, member))
            .Select(balance => $"{balance.Asset} {balance.Free} {balance.Locked}"));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetCommissionRates.txt")]
    public void Fees_are_the_venues_rate_and_the_taxes() => Assert.Equal(
        new FeeRates(0.0000001m + 0.00000112m, 0.0000002m + 0.00000114m),
        BinanceWalletAnswers.FeesOf(RecordedVenueData.Answer("Endpoints/Spot/Account/GetCommissionRates")));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetDepositHistory.txt")]
    public void Deposits_are_read_with_how_far_they_are() => Assert.Equal(
        [
            new VenueTransfer(
                "769800519366885376", ClientTransferId: null, "BNB", "BNB", Quantity.From(0.001m), Fee: null,
                "bnb136ns6lfw4zs5hg4n85vdthaad7hq5m4gtkgf23", "101764890",
                "98A3EA560C6B3336D348B6C83F0F95ECE4F1F5919E94BD006E5BF3BF264FACFC", VenueTransferState.Sent,
                DateTimeOffset.FromUnixTimeMilliseconds(1661493146000)),
            new VenueTransfer(
                "769754833590042625", ClientTransferId: null, "IOTA", "IOTA", Quantity.From(0.5m), Fee: null,
                "SIZ9VLMHWATXKV99LH99CIGFJFUMLEHGWVZVNNZXRJJVWBPHYWPPBOSDORZ9EQSHCZAMPVAPGFYQAUUV9DROOXJLNW", Tag: null,
                "ESBFVQUTPIWQNJSPXFNHNYHSQNTGKRVKPRABQWTAXCDWOAKDKYWPTVG9BGXNVNKTLEJGESAVXIKIZ9999", VenueTransferState.Completed,
                DateTimeOffset.FromUnixTimeMilliseconds(1599620082000)),
        ],
        RecordedVenueData.Answer("Endpoints/Spot/Account/GetDepositHistory").EnumerateArray().Select(BinanceWalletAnswers.DepositOf));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetWithdrawalHistory.txt")]
    public void Withdrawals_are_read_with_our_own_id_and_the_fee()
    {
        VenueTransfer[] withdrawals =
        [
            .. RecordedVenueData.Answer("Endpoints/Spot/Account/GetWithdrawalHistory").EnumerateArray()
                .Select(BinanceWalletAnswers.WithdrawalOf),
        ];

        Assert.Equal(
            new VenueTransfer(
                "b6ae22b3aa844210a7041aee7589627c", "WITHDRAWtest123", "USDT", "ETH", Quantity.From(8.91m), Quantity.From(0.004m),
                "0x94df8b352de7f46f64b01d3666bf6e936e44ce60", Tag: null,
                "0xb5ef8c13b968a406cc62a93a8bd80f9e9a906ef1b3fcf20a2e48573c17659268", VenueTransferState.Completed,
                new(2019, 10, 12, 11, 12, 2, TimeSpan.Zero)),
            withdrawals[0]);
        Assert.Equal(
            (null, new DateTimeOffset(2019, 9, 24, 12, 43, 45, TimeSpan.Zero)),
            (withdrawals[1].ClientTransferId, withdrawals[1].At));
    }

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetUserAssets.txt")]
    public async Task Networks_are_read_with_their_fees_and_limits()
    {
        var networks = await AnsweredAsync(
            RecordedVenueData.Endpoint("Account/GetUserAssets"), wallet => wallet.NetworksAsync(Bitcoin, Cancel));
        var others = await AnsweredAsync(
            RecordedVenueData.Endpoint("Account/GetUserAssets"), wallet => wallet.NetworksAsync(Asset.From("ETH"), Cancel));

        Assert.Equal(
            [
                new VenueNetwork(
                    "BTC", "BNB", CanDeposit: false, CanWithdraw: false, Quantity.From(0.0000022m), Quantity.From(0.0000044m),
                    Quantity.From(9999999999.99999999m), 1),
                new VenueNetwork(
                    "BTC", "BTC", CanDeposit: true, CanWithdraw: true, Quantity.From(0.0005m), Quantity.From(0.001m),
                    Quantity.From(750m), 1),
            ],
            networks);
        Assert.Empty(others);
    }

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetDepositAddress.txt")]
    public async Task Deposit_address_is_read_without_a_tag_where_it_needs_none() => Assert.Equal(
        new VenueAddress("BTC", "BTC", "1HPn8Rx2y6nNSfagQBKy27GB99Vbzg89wv", Tag: null),
        await AnsweredAsync(
            RecordedVenueData.Endpoint("Account/GetDepositAddress"),
            wallet => wallet.DepositAddressAsync(Bitcoin, "BTC", Cancel)));

    [Fact, Reads("binance-net/Endpoints/Spot/Account/GetWithdrawalAddresses.txt")]
    public async Task Address_book_says_what_is_on_the_whitelist()
    {
        var recorded = RecordedVenueData.Endpoint("Account/GetWithdrawalAddresses");

        // The recording has placeholders: the coin is "string" there.
        var addresses = await AnsweredAsync(
            recorded.Replace("\"coin\": \"string\"", "\"coin\": \"BTC\"", StringComparison.Ordinal),
            wallet => wallet.AddressBookAsync(Bitcoin, Cancel));
        var unlisted = await AnsweredAsync(
            """[{"address":"1HPn","addressTag":"","coin":"BTC","name":"cold","network":"BTC","whiteStatus":false},{"coin":"ETH"}]""",
            wallet => wallet.AddressBookAsync(Bitcoin, Cancel));

        Assert.Equal([new VenueAddress("BTC", "string", "string", "string", "string", IsVerified: true)], addresses);
        Assert.Equal([new VenueAddress("BTC", "BTC", "1HPn", Tag: null, "cold", IsVerified: false)], unlisted);
    }

    [Fact, Reads("binance-net/Endpoints/Spot/Account/Withdraw.txt")]
    public async Task Withdrawal_is_sent_once_under_our_own_id()
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, RecordedVenueData.Endpoint("Account/Withdraw"));
        using var host = MarketsHost.For(venue.Address);

        var answer = await MarketsHost.Wallet(host).WithdrawAsync(
            new("key-1", Bitcoin, Quantity.From(0.0010m), new("BTC", "BTC", "1HPn8Rx2", Tag: "7")), Cancel);

        Assert.Equal(
            new VenueTransferName(Bitcoin, "key-1", "7213fea8e94b4a5593d507237e5a555b"),
            Assert.IsType<VenueAnswer<VenueTransferName>.Answered>(answer).Value);
        var (_, target, body) = Assert.Single(venue.Calls, call => call.Method is "POST");
        Assert.Equal("/sapi/v1/capital/withdraw/apply", target);
        Assert.StartsWith(
            "coin=BTC&withdrawOrderId=key-1&network=BTC&address=1HPn8Rx2&addressTag=7&amount=0.001&recvWindow=5000&timestamp=", body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Withdrawal_is_found_by_our_own_id_or_not_at_all()
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, "[]");
        using var host = MarketsHost.For(venue.Address);

        var answer = await MarketsHost.Wallet(host).QueryAsync(new(Bitcoin, "key-1"), Cancel);

        Assert.IsType<VenueAnswer<VenueTransfer>.NotFound>(answer);
        Assert.Single(venue.Calls, call => call.Target.StartsWith(
            "/sapi/v1/capital/withdraw/history?coin=BTC&withdrawOrderId=key-1&", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "", VenueTransferState.Pending)]
    [InlineData(0, "abc", VenueTransferState.Sent)]
    [InlineData(8, "", VenueTransferState.Pending)]
    [InlineData(6, "abc", VenueTransferState.Completed)]
    [InlineData(1, "abc", VenueTransferState.Completed)]
    [InlineData(2, "abc", VenueTransferState.Failed)]
    [InlineData(7, "abc", VenueTransferState.Failed)]
    public void Every_state_of_a_deposit_has_one_of_ours(int status, string transaction, VenueTransferState state) => Assert.Equal(
        state,
        BinanceWalletAnswers.DepositOf(RecordedVenueData.Json(
            $$"""{"id":"1","amount":"1","coin":"BTC","status":{{status}},"txId":"{{transaction}}","insertTime":1}""")).State);

    [Theory]
    [InlineData(0, VenueTransferState.Pending)]
    [InlineData(1, VenueTransferState.Canceled)]
    [InlineData(2, VenueTransferState.Pending)]
    [InlineData(3, VenueTransferState.Failed)]
    [InlineData(4, VenueTransferState.Pending)]
    [InlineData(5, VenueTransferState.Failed)]
    [InlineData(6, VenueTransferState.Completed)]
    public void Every_state_of_a_withdrawal_has_one_of_ours(int status, VenueTransferState state) => Assert.Equal(
        state,
        BinanceWalletAnswers.WithdrawalOf(RecordedVenueData.Json(
            $$"""{"id":"1","amount":"1","transactionFee":"0","coin":"BTC","status":{{status}},"applyTime":"2026-01-02 03:04:05"}""")).State);

    [Fact]
    public async Task History_is_asked_for_no_further_back_than_the_venue_answers()
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, "[]");
        using var host = MarketsHost.For(
            venue.Address, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1700000000000)));

        await MarketsHost.Wallet(host).DepositsAsync(DateTimeOffset.UnixEpoch, Cancel);

        Assert.Single(venue.Calls, call => call.Target.StartsWith(
            "/sapi/v1/capital/deposit/hisrec?startTime=1692224000000&limit=1000&", StringComparison.Ordinal));
    }

    private static async Task<T> AnsweredAsync<T>(string body, Func<BinanceWallet, Task<VenueAnswer<T>>> ask)
    {
        await using var venue = await LoopbackVenue.SayingAsync(200, body);
        using var host = MarketsHost.For(venue.Address);
        return Assert.IsType<VenueAnswer<T>.Answered>(await ask(MarketsHost.Wallet(host))).Value;
    }
}
