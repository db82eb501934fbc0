using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Workers.Markets.Venues;
using Platform.Workers.Markets.Venues.Bybit;
using Platform.Workers.Markets.Venues.Coinbase;
using Platform.Workers.Markets.Venues.KrakenFutures;
using Platform.Workers.Markets.Venues.Okx;

namespace Platform.Workers.Tests.Markets.Venues;

/// <summary>What is signed, and by what, in each venue's own way; the expected signatures were reckoned elsewhere (OpenSSL).</summary>
public sealed class SigningTests
{
    private static readonly Uri Root = new("https://venue.example");

    [Fact]
    public void Okx_signs_time_method_target_and_body()
    {
        using var credentials = Credentials("okx-key", "22582BD0CFF14C41EDBF1AB98506286D", "pass phrase");
        var at = new DateTimeOffset(2020, 12, 8, 9, 8, 57, 715, TimeSpan.Zero);

        using var asked = new OkxProtocol().Signed(
            Root, VenueCall.Get("/api/v5/account/balance", ("ccy", "BTC")) with { IsSigned = true }, credentials, at);
        using var placed = new OkxProtocol().Signed(
            Root, VenueCall.Post("/api/v5/trade/order") with { Json = """{"instId":"BTC-USDT"}""" }, credentials, at);

        Assert.Equal("https://venue.example/api/v5/account/balance?ccy=BTC", asked.RequestUri?.ToString());
        Assert.Equal("okx-key", Header(asked, "OK-ACCESS-KEY"));
        Assert.Equal("pass phrase", Header(asked, "OK-ACCESS-PASSPHRASE"));
        Assert.Equal("2020-12-08T09:08:57.715Z", Header(asked, "OK-ACCESS-TIMESTAMP"));
        Assert.Equal("HiZhvSfMtWJA3uUIVXV3a/bSXNPCWvYFXoGCVS8V4zY=", Header(asked, "OK-ACCESS-SIGN"));
        Assert.Equal("YQ/tkEzvXm0I2aOIDXzW4cvOJ+Hn6Vy0Xqh6kJ1Nu7g=", Header(placed, "OK-ACCESS-SIGN"));
    }

    [Fact]
    public void Bybit_signs_time_key_window_and_query_or_body()
    {
        using var credentials = Credentials("XXXXXXXXXX", "YYYYYYYYYYYYYYYY");
        var at = DateTimeOffset.FromUnixTimeMilliseconds(1658384314791);

        using var asked = new BybitProtocol().Signed(
            Root, VenueCall.Get("/v5/order/realtime", ("category", "option"), ("symbol", "BTC-29JUL22-25000-C")), credentials, at);
        using var placed = new BybitProtocol().Signed(
            Root, VenueCall.Post("/v5/order/create") with { Json = """{"category":"option"}""" }, credentials, at);

        Assert.Equal("1658384314791", Header(asked, "X-BAPI-TIMESTAMP"));
        Assert.Equal("5000", Header(asked, "X-BAPI-RECV-WINDOW"));
        Assert.Equal("ab721682eb2f28820b8445cd91c4089f0ec696bdb8b7cc813651d9c11763fbe6", Header(asked, "X-BAPI-SIGN"));
        Assert.Equal("a00a2c3c923599b18f70c3ec200b871642c92073c6834457cdc405469cd0b458", Header(placed, "X-BAPI-SIGN"));
    }

    [Fact]
    public void Kraken_futures_sign_query_and_path_without_its_first_part()
    {
        using var credentials = Credentials("futures-key", "dGhlIHNlY3JldCBvZiBhIGtleQ==");
        var protocol = new KrakenFuturesProtocol();

        using var bare = protocol.Signed(Root, VenueCall.Get("/derivatives/api/v3/openpositions"), credentials, default);
        using var asked = protocol.Signed(
            Root, VenueCall.Get("/derivatives/api/v3/openorders", ("symbol", "PF_XBTUSD")), credentials, default);

        Assert.Equal("futures-key", Header(bare, "APIKey"));
        Assert.Equal("uCkRAjpEcGuT4CepmFdLvFxIkz4ZELOZM5baaxCmSpN5JmAP3tQ1Yl4efTqHwWI+b5doyxjF0OYwGL24C5yjTw==", Header(bare, "Authent"));
        Assert.Equal("lPhCZw3jmOrcqIstOz1YXpoWLpZQOaarCzXngutHtiT0u885HsKKtbW9VWWx+m6FWUIbkj7FmcDbz4UWMByEiw==", Header(asked, "Authent"));
    }

    [Fact]
    public void Coinbase_token_is_for_one_request_for_two_minutes_and_bears_the_keys_signature()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var credentials = Credentials("organizations/o/apiKeys/k", key.ExportECPrivateKeyPem());
        var at = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

        using var asked = new CoinbaseProtocol().Signed(
            Root, VenueCall.Get("/api/v3/brokerage/accounts", ("limit", "250")), credentials, at);

        var token = asked.Headers.Authorization?.Parameter?.Split('.') ?? [];
        Assert.Equal("Bearer", asked.Headers.Authorization?.Scheme);
        Assert.True(key.VerifyData(
            Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256));
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token[0]));
        Assert.Equal("ES256", header.RootElement.GetProperty("alg").GetString());
        Assert.Equal("organizations/o/apiKeys/k", header.RootElement.GetProperty("kid").GetString());
        Assert.NotEmpty(header.RootElement.GetProperty("nonce").GetString()!);
        Assert.Equal(
            """{"sub":"organizations/o/apiKeys/k","iss":"cdp","nbf":1700000000,"exp":1700000120,"uri":"GET venue.example/api/v3/brokerage/accounts"}""",
            Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token[1])));
    }

    [Fact]
    public void Streams_of_the_account_are_signed_in_to()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_538_054_050));
        using var okx = Credentials("okx-key", "22582BD0CFF14C41EDBF1AB98506286D", "pass phrase");
        using var bybit = Credentials("XXXXXXXXXX", "YYYYYYYYYYYYYYYY");

        Assert.Equal(
            """{"op":"login","args":[{"apiKey":"okx-key","passphrase":"pass phrase","timestamp":"1538054050","sign":"+LdIr8lkkvhr5hoA3g9TMC0+uQJ849ftAcocA/ouu4M="}]}""",
            new OkxUserStream(WireLinks.Of("okx", time)).Subscriptions(okx)[0]);
        Assert.Equal(
            """{"op":"auth","args":["XXXXXXXXXX",1538054060000,"f72f85062675d66f4ade6bd06fd2f9920a8d2aba0d337377b649aec41fcd7ecd"]}""",
            new BybitUserStream(WireLinks.Of("bybit", time)).Subscriptions(bybit)[0]);
    }

    private static string Header(HttpRequestMessage request, string name) => Assert.Single(request.Headers.GetValues(name));

    private static VenueCredentials Credentials(string apiKey, string secretKey, string? passphrase = null) =>
        VenueCredentials.Parse(JsonSerializer.SerializeToUtf8Bytes(new { apiKey, secretKey, passphrase }))
        ?? throw new InvalidOperationException("No credentials.");
}
